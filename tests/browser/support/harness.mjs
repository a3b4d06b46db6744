// A browser, a page of the built application in it, and what a person does there.
//
// Nothing here sleeps: `idle` waits until the page says that nothing is under way.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from './packages.mjs';
import { serve } from './server.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const DIST = path.resolve(ROOT, process.env.DIST ?? 'dist');

/** A build whose workers die when asked to; its tests are left out where there is none. */
export const DIST_TRAPS = process.env.DIST_TRAPS && path.resolve(ROOT, process.env.DIST_TRAPS);

const MINUTE = 60_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-precise-memory-info',
  // 2 million rows are loaded on machines whose /dev/shm is small.
  '--disable-dev-shm-usage',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)];
  const all = NAMES.flatMap(name => folders.map(folder => path.join(folder, name)));
  const found = all.find(it => existsSync(it));
  assert.ok(found, 'no Chromium on this machine: run scripts/setup.sh test');
  return found;
}

export const launch = () =>
  chromium.launch({ executablePath: browserPath(), headless: true, args: FLAGS });

/**
 * For a test file: starts a browser and a server before its tests and ends them after. The object
 * that it returns is filled by then; `open()` gives a fresh page.
 */
export function stage(folder = DIST) {
  const at = { browser: null, server: null, pages: [] };
  before(async () => {
    assert.ok(existsSync(path.join(folder, 'index.html')), `nothing is built in ${folder}: run make build`);
    at.server = await serve(folder);
    at.browser = await launch();
  });
  after(async () => {
    await at.browser?.close();
    await at.server?.close();
  });
  at.open = options => openPage(at.browser, at.server, options);
  return at;
}

/**
 * A page of its own context (nothing kept from other tests) that has started.
 * `page.faults` collects what went wrong in it; `finish(page)` fails on any that was not expected.
 */
export async function openPage(browser, server, { hash = '', context, ready = true, ...options } = {}) {
  const own = context ?? (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options }));
  const page = await own.newPage();
  page.setDefaultTimeout(60_000);
  page.faults = [];
  page.expected = [];
  page.on('console', message => {
    if (message.type() === 'error') page.faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => page.faults.push(`error: ${error.message}`));
  page.on('crash', () => page.faults.push('the page crashed'));
  await page.goto(server.url + hash);
  if (ready) await started(page);
  return page;
}

/** Until the page has its parts and its engine answers. */
export async function started(page) {
  await page.waitForFunction(() => window.trailglass !== undefined);
  await page.evaluate(() => window.trailglass.ready);
  await idle(page);
}

/** Fails on what the page complained of, and closes it with all that it keeps. */
export async function finish(page) {
  const bad = page.faults.filter(it => !page.expected.some(expected => expected.test(it)));
  await page.context().close();
  assert.deepEqual(bad, [], 'the page complained');
}

/** What a page that does not go on was doing. */
const plight = page =>
  page.evaluate(() => ({
    busy: document.body.dataset.busy,
    visibility: document.visibilityState,
    progress: document.querySelector('[data-testid="progress"]')?.innerText,
    foot: document.querySelector('footer')?.innerText,
  }));

/** Fails after so many minutes, and says what the page was doing: nothing may wait for ever. */
async function within(minutes, page, work) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(async () => {
      const silent = new Promise(done => setTimeout(done, 5000, 'it does not answer'));
      const state = await Promise.race([plight(page).catch(String), silent]);
      failed(new Error(`not over after ${minutes} minutes: ${JSON.stringify(state)}`));
    }, minutes * MINUTE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs a test on a fresh page and looks afterwards whether the page complained. A story that takes
 * more than `minutes` has failed.
 */
export const onPage = (at, story, { minutes = Number(process.env.MINUTES ?? 5), ...options } = {}) => async t => {
  const page = await at.open(options);
  try {
    await within(minutes, page, story(page, t));
  } catch (error) {
    if (page.faults.length > 0) console.error('the page had complained:', page.faults.slice(0, 10));
    await picture(page, `failed ${t.name}`).catch(() => {});
    await page.context().close().catch(() => {});
    throw error;
  }
  await picture(page, t.name);
  await finish(page);
};

/** Writes what is on the screen into the folder SHOTS, if there is one. */
export async function picture(page, name) {
  if (!process.env.SHOTS || page.isClosed()) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  const file = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 80);
  await page.screenshot({ path: path.join(process.env.SHOTS, `${file}.png`) });
}

/** Until nothing is under way: some frames long, so that what an act began has been counted. */
export async function idle(page, timeout = 2 * MINUTE) {
  const rested = await page.evaluate(async timeout => {
    const end = performance.now() + timeout;
    // Frames are asked for only at rest: a page at work draws when it has something to draw.
    const change = () => new Promise(done => {
      const watch = new MutationObserver(over);
      const late = setTimeout(over, end - performance.now());
      function over() {
        watch.disconnect();
        clearTimeout(late);
        done();
      }
      watch.observe(document.body, { attributes: true, attributeFilter: ['data-busy'] });
    });
    for (let frames = 0; frames < 4; ) {
      const rests = document.body.dataset.busy === '0';
      await (rests ? new Promise(done => requestAnimationFrame(done)) : change());
      frames = rests && document.body.dataset.busy === '0' ? frames + 1 : 0;
      if (performance.now() > end) return false;
    }
    return true;
  }, timeout);
  assert.ok(rested, `the page is still busy after ${timeout} ms`);
}

/** Does something that keeps the page busy, and waits until it is over. */
export async function busyWhile(page, act, timeout = 5 * MINUTE) {
  await page.evaluate(() => {
    window.__wasBusy = false;
    window.__watch?.disconnect();
    window.__watch = new MutationObserver(() => {
      window.__wasBusy ||= document.body.dataset.busy !== '0';
    });
    window.__watch.observe(document.body, { attributes: true, attributeFilter: ['data-busy'] });
  });
  const result = await act();
  await page.waitForFunction(() => window.__wasBusy, undefined, { timeout, polling: 20 });
  await idle(page, timeout);
  return result;
}

/** Drops files and folders of this machine onto the page, as the desktop does. */
export async function dragAndDrop(page, paths) {
  const { width, height } = page.viewportSize();
  const session = await page.context().newCDPSession(page);
  const files = [paths].flat().map(it => path.resolve(it));
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  }
  await session.detach();
}

/** Drops and waits until everything is read and shown. */
export const drop = (page, paths, timeout = 5 * MINUTE) =>
  busyWhile(page, () => dragAndDrop(page, paths), timeout);

/**
 * Calls a function of `window.trailglass`. A rejection becomes an error of the same name and
 * message.
 */
export async function ask(page, name, ...args) {
  const { value, error } = await page.evaluate(
    async ([name, args]) => {
      try {
        return { value: await window.trailglass[name](...args) };
      } catch (error) {
        return { error: { name: error.name, message: error.message, real: error instanceof Error } };
      }
    },
    [name, args],
  );
  if (!error) return value;
  assert.ok(error.real, `${name} rejected with something that is no Error`);
  throw Object.assign(new Error(error.message), { name: error.name });
}

export const count = (page, filter = '') => ask(page, 'count', { filter });

/** The report adds up, whatever was read. */
export function addsUp({ files, events }) {
  assert.equal(files.found, files.read + files.skipped + files.failed, `files: ${JSON.stringify(files)}`);
  assert.equal(events.read, events.kept + events.duplicates + events.rejected, `events: ${JSON.stringify(events)}`);
}
