// The truth about what was loaded: holes in the map, and the chain of digests.

import assert from 'node:assert/strict';
import test from 'node:test';

import { gzipSync, record, scratch, trail, write } from './support/data.mjs';
import { busyWhile, count, drop, idle, onPage, picture, stage } from './support/harness.mjs';
import { openTab, part } from './support/screen.mjs';

const at = stage();
const folder = scratch();
const ACCOUNT = '111122223333';

/** A day of events in one region, one each quarter of an hour, in a file an hour as S3 holds them. */
function day(region, number, { first = 0 } = {}) {
  const files = {};
  for (let hour = 0; hour < 24; hour += 1) {
    const events = [0, 15, 30, 45].map((minute, n) =>
      record(first + hour * 4 + n, {
        eventTime: new Date(Date.UTC(2024, 0, number, hour, minute)).toISOString().replace('.000', ''),
        eventID: `${region}-${number}-${hour}-${minute}`,
        awsRegion: region,
      }));
    const dd = String(number).padStart(2, '0');
    const stamp = `202401${dd}T${String(hour).padStart(2, '0')}50Z`;
    const key = `AWSLogs/${ACCOUNT}/CloudTrail/${region}/2024/01/${dd}/${ACCOUNT}_CloudTrail_${region}_${stamp}_abcdefghijklmnop.json.gz`;
    files[key] = gzipSync(trail(events));
  }
  return files;
}

const cells = page =>
  part(page, 'coverage-row').evaluateAll(rows =>
    rows.map(row => ({
      name: row.innerText.trim(),
      states: [...row.querySelectorAll('[data-testid="coverage-cell"]')].map(it => it.dataset.state),
      events: [...row.querySelectorAll('[data-testid="coverage-cell"]')].map(it => Number(it.dataset.events)),
    })));

/** Eight days in two regions, the fifth of one of them missing. */
const bucket = () => {
  const files = {};
  for (let number = 1; number <= 8; number += 1) {
    Object.assign(files, day('eu-west-1', number));
    if (number !== 5) Object.assign(files, day('us-east-1', number));
  }
  return files;
};

test('a missing day is a hole, and a click shows the events of a day', onPage(at, async page => {
  await drop(page, write(`${folder}/holes`, bucket()));
  await openTab(page, /Files/);
  await part(page, 'coverage-row').first().waitFor();
  const rows = await cells(page);
  assert.deepEqual(rows.map(it => it.name), [`${ACCOUNT} eu-west-1`, `${ACCOUNT} us-east-1`]);
  assert.deepEqual(rows[0].states, Array(8).fill('loaded'));
  assert.equal(rows[1].states[4], 'hole');
  assert.equal(rows[1].states.filter(it => it === 'loaded').length, 7);
  assert.deepEqual(rows[0].events, Array(8).fill(96));
  assert.equal(await part(page, 'hole').count(), 1);
  assert.match(await part(page, 'hole').innerText(), /2024-01-0[45].*us-east-1/s);
  const title = await part(page, 'coverage-cell').nth(0).getAttribute('title');
  assert.match(title, /2024-01-01: 96 events, 24 files/);
  for (const width of [1440, 800, 420]) {
    await page.setViewportSize({ width, height: 900 });
    await part(page, 'coverage').scrollIntoViewIfNeeded();
    await picture(page, `coverage ${width}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  // By keyboard: two days on, one region down.
  await page.locator('.heat-grid').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  await picture(page, 'coverage cursor');
  await busyWhile(page, () => page.keyboard.press('Enter'));
  await part(page, 'table').waitFor();
  assert.equal(Number(await part(page, 'table').getAttribute('data-total')), 96);
  const filter = await part(page, 'filter').inputValue();
  assert.match(filter, /awsRegion:us-east-1/);
  assert.equal(await count(page, filter), 7 * 96);
  // The day that was clicked is drawn by the hour.
  await openTab(page, /Files/);
  await part(page, 'coverage-row').first().waitFor();
  assert.deepEqual((await cells(page)).map(it => it.states.length), [24, 24]);
}));

for (const [name, options] of Object.entries({ dark: { colorScheme: 'dark' }, korean: { locale: 'ko-KR' } })) {
  test(`the map in ${name}`, onPage(at, async page => {
    await drop(page, write(`${folder}/${name}`, bucket()));
    await page.locator('[data-tab="files"]').click();
    await idle(page);
    await part(page, 'coverage-row').first().waitFor();
    await part(page, 'coverage').scrollIntoViewIfNeeded();
  }, options));
}

test('problems are saved as a table', onPage(at, async page => {
  await drop(page, write(`${folder}/problems`, { ...day('eu-west-1', 1), '=evil.json': 'no json' }));
  await openTab(page, /Files/);
  const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'problems-csv').click()]);
  assert.equal(download.suggestedFilename(), 'trailglass-problems.csv');
}));
