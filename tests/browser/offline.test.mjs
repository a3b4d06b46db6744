// After the first visit no network is needed; a new build is offered and never mixed in.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { records, scratch, trail, write } from './support/data.mjs';
import { DIST, busyWhile, count, drop, launch, openPage, started } from './support/harness.mjs';
import { part, total } from './support/screen.mjs';
import { serve } from './support/server.mjs';

const folder = scratch();

/** Runs a story with a browser and a server of its own. */
const online = story => async () => {
  const server = await serve(DIST);
  const browser = await launch();
  try {
    await story(browser, server);
  } finally {
    await browser.close();
    await server.close().catch(() => {});
  }
};

test('after the first visit the page works without a network', online(async (browser, server) => {
  const first = await openPage(browser, server);
  await first.evaluate(() => navigator.serviceWorker.ready);
  const context = first.context();
  await first.close();
  await server.close();
  await context.setOffline(true);
  const page = await openPage(browser, server, { context });
  await drop(page, write(`${folder}/offline`, { 'a.json': trail(records(0, 25)) }));
  assert.equal(await count(page), 25);
  assert.equal(await total(page), 25);
  await page.reload();
  await started(page);
  await busyWhile(page, () => part(page, 'sample').click());
  assert.ok((await total(page)) > 40_000, 'the sample needs no network either');
  assert.deepEqual(page.faults, []);
}));

/** The same build under another id, as if something in it had changed. */
function nextBuild() {
  const next = path.join(folder, 'next');
  cpSync(DIST, next, { recursive: true });
  const file = name => path.join(next, name);
  const text = name => readFileSync(file(name), 'utf8');
  const hash = content => `sha256-${createHash('sha256').update(content).digest('base64')}`;
  const build = text('boot.js').match(/BUILD = "([^"]+)"/)[1];
  const other = build.replace(/./g, it => (it === '0' ? '1' : '0'));
  const before = hash(text('boot.js'));
  for (const name of ['boot.js', 'index.html', 'sw.js', 'build.txt'].filter(it => existsSync(file(it)))) {
    writeFileSync(file(name), text(name).replaceAll(build, other));
  }
  const after = hash(text('boot.js'));
  for (const name of ['index.html', 'sw.js']) writeFileSync(file(name), text(name).replaceAll(before, after));
  const stamp = hash(text('build.txt'));
  writeFileSync(file('sw.js'), text('sw.js').replace(hash(`${build}\n`), stamp));
  return { next, build, other };
}

const buildOf = page => page.evaluate(() => window.trailglassBoot.build);

test('a new build is offered, and taken up whole when the person wants it', online(async (browser, server) => {
  const { next, build, other } = nextBuild();
  const page = await openPage(browser, server);
  await page.evaluate(() => navigator.serviceWorker.ready);
  assert.equal(await buildOf(page), build);
  server.folder = next;
  await page.reload();
  await started(page);
  assert.equal(await buildOf(page), build, 'the old build is still whole');
  const notice = page.getByText('A new version is ready.');
  await notice.waitFor();
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(other => window.trailglassBoot?.build === other, other);
  await started(page);
  assert.equal(await page.getByText('A new version is ready.').count(), 0);
  assert.deepEqual(page.faults, []);
}));
