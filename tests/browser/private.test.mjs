// Private by construction: nothing leaves, nothing in a log is code, and no network is needed.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import test from 'node:test';

import { record, records, scratch, trail, write } from './support/data.mjs';
import { DIST, ask, busyWhile, drop, idle, launch, onPage, openPage, stage } from './support/harness.mjs';
import { serve } from './support/server.mjs';
import { openTab, part, total } from './support/screen.mjs';

const at = stage();
const folder = scratch();

/** A foreign origin that counts its visitors and lets everybody in. */
async function foreign() {
  const visits = [];
  const server = createServer((request, response) => {
    visits.push(request.url);
    response.writeHead(200, { 'access-control-allow-origin': '*' });
    response.end('you are out');
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { visits, url: `http://127.0.0.1:${server.address().port}/`, close: () => (server.closeAllConnections(), server.close()) };
}

test('page, engine and readers cannot reach a foreign origin', onPage(at, async page => {
  page.expected.push(/Content Security Policy|Refused to|violates|ERR_BLOCKED_BY_CSP|Fetch API cannot load/);
  const outside = await foreign();
  try {
    await drop(page, write(`${folder}/some`, { 'a.json': trail(records(0, 10)) }));
    const tries = async url => {
      const out = [];
      const attempt = async (name, act) => out.push(await Promise.resolve().then(act).then(() => `${name} got out`, () => 'refused'));
      await attempt('fetch', () => fetch(`${url}fetch`));
      await attempt('no-cors fetch', () => fetch(`${url}no-cors`, { mode: 'no-cors' }));
      if (typeof XMLHttpRequest === 'function') {
        await attempt('request', () => new Promise((done, failed) => {
          const request = new XMLHttpRequest();
          request.onload = done;
          request.onerror = failed;
          request.open('GET', `${url}request`);
          request.send();
        }));
      }
      if (typeof Image === 'function') {
        await attempt('image', () => new Promise((done, failed) => {
          const image = new Image();
          image.onload = done;
          image.onerror = failed;
          image.src = `${url}image`;
        }));
      }
      return out;
    };
    const workers = page.workers();
    assert.ok(workers.length >= 2, `an engine and a reader run: ${workers.map(it => it.url())}`);
    for (const place of [page, ...workers]) {
      const results = await place.evaluate(tries, outside.url);
      assert.ok(results.length >= 2 && results.every(it => it === 'refused'), `${place.url()}: ${results}`);
    }
    await page.evaluate(url => {
      navigator.sendBeacon(`${url}beacon`, 'x');
      const script = document.createElement('script');
      script.src = `${url}script`;
      document.head.append(script);
      const frame = document.createElement('iframe');
      frame.src = `${url}frame`;
      document.body.append(frame);
      const style = document.createElement('link');
      Object.assign(style, { rel: 'stylesheet', href: `${url}style` });
      document.head.append(style);
    }, outside.url);
    // Something that must work comes after all that must not.
    assert.equal(await page.evaluate(() => fetch('trailglass.d.ts').then(it => it.ok)), true);
    assert.deepEqual(outside.visits, []);
  } finally {
    outside.close();
  }
}));

const IMAGE = '<img src=x onerror="window.pwned=1">';
const SCRIPT = '<script>window.pwned=1</script>';

test('text in a log is never code', onPage(at, async page => {
  const hostile = records(0, 30).map(it => ({
    ...it,
    eventName: IMAGE,
    eventSource: `${SCRIPT}.amazonaws.com`,
    userAgent: `"><svg onload=window.pwned=1>`,
    awsRegion: IMAGE,
    sourceIPAddress: SCRIPT,
    errorCode: IMAGE,
    errorMessage: SCRIPT,
    userIdentity: { ...it.userIdentity, arn: `arn:${IMAGE}` },
    requestParameters: { [IMAGE]: IMAGE, link: 'javascript:window.pwned=1' },
  }));
  await drop(page, write(`${folder}/<b>hostile`, { '<img src=x onerror=window.pwned=1>.json': trail(hostile), '<i>bad.json': 'x' }));
  assert.equal(await total(page), 30);
  await part(page, 'row').first().click();
  await idle(page);
  await part(page, 'detail').waitFor();
  for (const tab of [/Groups/, /Insights/, /Files/, /Events/]) await openTab(page, tab);
  await page.locator('[data-testid="filter"]').fill(`eventName:"${IMAGE.replaceAll('"', '\\"')}"`);
  await idle(page);
  assert.equal(await total(page), 30);
  await page.locator('[data-testid="filter"]').fill(`${SCRIPT} (`);
  await idle(page);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  const made = await page.evaluate(() => document.querySelectorAll('img[src="x"], svg[onload], body script:not([src]), a[href^="javascript"]').length);
  assert.equal(made, 0);
  assert.match(await part(page, 'row').first().innerText(), /<img src=x/);
}));

test('text that turns itself around is shown as it stands, and copied and filtered as it is', onPage(at, async page => {
  const forged = '\u202e1.2.3.4';
  const shown = '‹U+202E›1.2.3.4';
  const hebrew = { sourceIPAddress: 'שלום', userAgent: 'a\u200bb' };
  await drop(page, write(`${folder}/forged`, {
    'good.json': trail([...records(0, 3).map(it => ({ ...it, sourceIPAddress: forged })), { ...records(3, 4)[0], ...hebrew }]),
    '\u202egnp.nosj.json': '{"Records":[{"eventVersion":',
  }));
  const value = page.locator('[data-field="sourceIPAddress"]').getByTestId('facet-value').filter({ hasText: '1.2.3.4' });
  assert.match(await value.innerText(), /‹U\+202E›1\.2\.3\.4/);
  assert.equal(await value.getAttribute('title'), shown);
  assert.equal(await value.getAttribute('data-value'), forged, 'what is filtered by stays');
  await value.click();
  await idle(page);
  assert.equal(await total(page), 3);
  assert.ok((await page.locator('[data-testid="filter"]').inputValue()).includes(forged));
  const row = part(page, 'row').first();
  assert.ok((await row.innerText()).includes(shown), 'the row');
  await row.click();
  await idle(page);
  const detail = await part(page, 'detail').innerText();
  assert.ok(detail.includes(shown) && !detail.includes('\u202e'), detail);
  await openTab(page, /Groups/);
  await openTab(page, /Files/);
  assert.ok((await part(page, 'problems').innerText()).includes('‹U+202E›gnp.nosj.json'));
  const unseen = await page.evaluate(() => document.body.innerText.match(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g));
  assert.equal(unseen, null, 'nowhere on the page');
}));

/** Chooses an export of the menu; the text of the file that is saved. */
async function exported(page, name) {
  await page.getByRole('button', { name: 'Export' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const download = await saved;
  const text = await readFile(await download.path(), 'utf8');
  await idle(page);
  return { text, file: download.suggestedFilename() };
}

/** The cells of a CSV with quoted fields. */
function csv(text) {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match && cell.lastIndex <= text.length; match = cell.exec(text)) {
    const [, value, end] = match;
    rows.at(-1).push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '' ) break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter(row => row.length > 1);
}

test('an exported table holds no formulas', onPage(at, async page => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x","y")', 'plain, with comma', 'a "quoted" word', 'two\nlines'];
  const list = formulas.map((eventName, n) => record(n, { eventName }));
  await drop(page, write(`${folder}/formulas`, { 'a.json': trail(list) }));
  const { text, file } = await exported(page, /CSV/);
  assert.match(file, /\.csv$/);
  const [head, ...body] = csv(text.replace(/^\ufeff/, ''));
  assert.deepEqual(head, ['eventTime', 'eventName', 'eventSource', 'principal', 'sourceIPAddress', 'awsRegion', 'outcome']);
  assert.equal(body.length, formulas.length);
  for (const cell of body.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/, JSON.stringify(cell));
  const names = body.map(row => row[1]).reverse();
  formulas.forEach((wanted, n) => assert.ok(names[n].endsWith(wanted) , `${JSON.stringify(names[n])} is ${JSON.stringify(wanted)}`));
}));

test('JSON Lines hold the whole records of what is filtered', onPage(at, async page => {
  const list = records(0, 500).map((it, n) => ({ ...it, eventName: n % 2 ? 'A' : 'B', requestParameters: { text: `line\n${n} 한글` } }));
  await drop(page, write(`${folder}/lines`, { 'a.json': JSON.stringify({ Records: list }, null, 2), 'b.json': trail(records(500, 510)) }));
  await page.locator('[data-testid="filter"]').fill('eventName:A');
  await idle(page);
  const { text } = await exported(page, /JSON Lines/);
  const lines = text.trimEnd().split('\n').map(it => JSON.parse(it));
  const byId = (a, b) => (a.eventID < b.eventID ? -1 : 1);
  assert.deepEqual(lines.sort(byId), list.filter(it => it.eventName === 'A').sort(byId));
}));

test('the page asks for nothing but its own files', async () => {
  const server = await serve(DIST);
  const browser = await launch();
  try {
    const context = await browser.newContext();
    const asked = [];
    context.on('request', request => asked.push(request.url()));
    const page = await openPage(browser, server, { context });
    await busyWhile(page, () => part(page, 'sample').click());
    await ask(page, 'insights');
    const strangers = asked.filter(it => !it.startsWith(server.url) && !it.startsWith('blob:') && !it.startsWith('data:'));
    assert.deepEqual(strangers, []);
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.deepEqual(page.faults, []);
  } finally {
    await browser.close();
    await server.close();
  }
});
