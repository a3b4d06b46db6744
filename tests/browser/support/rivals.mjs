// What a load is compared with, in the same browser on the same files: the parse limit (read,
// inflate and parse with the usual crates on all cores, keep nothing), and DuckDB-WASM, fed as an
// application must that works offline.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT, launch } from './harness.mjs';
import { serve } from './server.mjs';

const SOURCE = path.join(ROOT, 'tests/browser/rivals');

/** Builds the rivals' page into a folder; `packages` is where npm's lie. */
export function buildRivals(into, packages) {
  const modules = path.join(packages, 'node_modules');
  mkdirSync(into, { recursive: true });
  for (const [from, to] of [['page.mjs', 'page.js'], ['arrow.mjs', 'arrow.js']]) {
    execFileSync(
      path.join(modules, '.bin/esbuild'),
      [path.join(SOURCE, from), '--bundle', '--format=iife', `--outfile=${path.join(into, to)}`, '--log-level=error'],
      { env: { ...process.env, NODE_PATH: modules } },
    );
  }
  copyFileSync(path.join(SOURCE, 'limit.js'), path.join(into, 'limit.js'));
  for (const name of ['duckdb-browser-eh.worker.js', 'duckdb-eh.wasm']) {
    copyFileSync(path.join(modules, '@duckdb/duckdb-wasm/dist', name), path.join(into, name));
  }
  const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'benches/limit/target');
  execFileSync('cargo', ['build', '--quiet', '--release', '--target', 'wasm32-unknown-unknown'], {
    cwd: path.join(ROOT, 'benches/limit'),
    stdio: 'inherit',
  });
  const limit = path.join(target, 'wasm32-unknown-unknown/release/trailglass_limit.wasm');
  copyFileSync(limit, path.join(into, 'limit.wasm'));
  const page = '<!doctype html><meta charset="utf-8"><input type="file" webkitdirectory multiple><script src="page.js"></script>';
  writeFileSync(path.join(into, 'index.html'), page);
}

/** Where the rivals' packages are, if they were installed. */
export function rivalPackages() {
  const folder = process.env.TRAILGLASS_RIVALS;
  return folder && existsSync(path.join(folder, 'node_modules/@duckdb')) ? folder : undefined;
}

/** Runs one rival over a folder of logs, in a browser of its own. */
export async function runRival(site, name, folder) {
  const server = await serve(site);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(30 * 60_000);
    const faults = [];
    page.on('pageerror', error => faults.push(error.message));
    page.on('console', message => message.type() === 'error' && faults.push(message.text()));
    await page.goto(server.url);
    await page.locator('input').setInputFiles(folder);
    const result = await page.evaluate(async name => {
      const input = document.querySelector('input');
      const files = [...input.files].filter(it => it.name.endsWith('.json.gz'));
      return window.rivals[name](files);
    }, name);
    return { ...result, faults };
  } finally {
    await browser.close();
    await server.close();
  }
}
