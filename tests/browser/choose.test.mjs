// Choosing what of a drop is read, before it is: by account, region and day, or by what fits.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { gzipSync, record, scratch, trail, write } from './support/data.mjs';
import { DIST, DIST_TRAPS, addsUp, ask, busyWhile, count, dragAndDrop, idle, onPage, picture, stage, started } from './support/harness.mjs';
import { filesBelow } from './support/oracle.mjs';
import { accessible, numbers, part } from './support/screen.mjs';
import { zip } from './support/zip.mjs';

const at = stage();
const folder = scratch();
const ACCOUNTS = ['111122223333', '444455556666'];
const REGIONS = ['eu-west-1', 'us-east-1'];
const DAYS = [1, 2, 3];

/** Files of `each` events at noon of each day in two accounts and two regions, as S3 holds them, and a file whose path says nothing. */
function bucket(name, each = 10) {
  const files = { 'export.json': trail([record(999_999)]) };
  let number = 0;
  for (const account of ACCOUNTS) {
    for (const region of REGIONS) {
      for (const day of DAYS) {
        const events = Array.from({ length: each }, () => {
          number += 1;
          const eventTime = new Date(Date.UTC(2024, 0, day, 12) + number * 100).toISOString();
          return record(number, { eventTime, awsRegion: region, recipientAccountId: account });
        });
        const key = `AWSLogs/${account}/CloudTrail/${region}/2024/01/0${day}/${account}_CloudTrail_${region}_2024010${day}T1205Z_a.json.gz`;
        files[key] = gzipSync(trail(events));
      }
    }
  }
  return write(`${folder}/${name}`, files);
}

const dialog = page => page.getByRole('dialog');
const name = (page, dimension, value) => part(page, `choice-${dimension}`).and(page.locator(`[data-value="${value}"]`));
const chosen = async page => numbers(await part(page, 'choice-amount').innerText())[0];
const press = (page, id) => busyWhile(page, () => part(page, id).click());

/** Drops, and waits until the page asks. */
async function dropAndAsk(page, logs) {
  await dragAndDrop(page, logs);
  await dialog(page).waitFor();
}

test('one account, one region and two days of a folder are read, and the rest is told', onPage(at, async page => {
  await part(page, 'choose-first').check();
  // The choice is kept for the next visit.
  await page.reload();
  await started(page);
  assert.ok(await part(page, 'choose-first').isChecked());
  const logs = bucket('part');
  await dropAndAsk(page, logs);
  assert.equal((await ask(page, 'report')).files.read, 0, 'nothing is read before the answer');
  assert.equal(await chosen(page), 13);
  await name(page, 'account', ACCOUNTS[1]).uncheck();
  assert.equal(await chosen(page), 7);
  const label = value => page.locator('label').filter({ has: name(page, 'region', value) });
  assert.match(await label('us-east-1').innerText(), /\b3 files/, 'of the chosen account');
  await name(page, 'region', 'us-east-1').uncheck();
  assert.equal(await chosen(page), 4);
  await part(page, 'choice-from').fill('2024-01-02');
  assert.equal(await chosen(page), 3);
  await part(page, 'choice-unnamed').uncheck();
  assert.equal(await chosen(page), 2);
  await picture(page, 'choice part');
  await press(page, 'choice-read');
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 13, read: 2, skipped: 11, failed: 0 });
  assert.equal(report.events.kept, 20);
  assert.equal(await count(page, 'recipientAccountId:111122223333 awsRegion:eu-west-1 eventTime>=2024-01-02'), 20);
  assert.equal(await count(page), 20);
  assert.deepEqual(report.problems.map(it => it.kind), ['cancelled']);
  assert.match(report.problems[0].message, /^11 files were left out.*111122223333.*eu-west-1.*2024-01-02 to 2024-01-03/);
  // A choice is no fault.
  assert.equal(await part(page, 'summary').locator('.is-bad').count(), 0);
  // What was left out is read when it is dropped again, and is left out no more.
  await dropAndAsk(page, logs);
  await press(page, 'choice-all');
  const whole = await ask(page, 'report');
  addsUp(whole);
  assert.deepEqual(whole.events, { read: 141, kept: 121, duplicates: 20, rejected: 0 });
  assert.deepEqual([whole.files, whole.problems], [{ found: 15, read: 15, skipped: 0, failed: 0 }, []]);
  // A script's files are all read, and nobody is asked.
  const more = await page.evaluate(async text => {
    const report = await window.trailglass.open([new File([text], 'script.json')]);
    return report.files.found;
  }, trail([record(1_000_000)]));
  assert.equal(more, 16);
  assert.equal(await count(page), 122);
}));

test('what archives hold is chosen from like folders, packed as they may be', onPage(at, async page => {
  await part(page, 'choose-first').check();
  const logs = bucket('archived');
  const pack = (name, flags) => {
    const { status, stderr } = spawnSync('tar', [flags, `${folder}/packed/${name}`, '-C', logs, '.']);
    assert.equal(status, 0, String(stderr));
  };
  write(`${folder}/packed`, { 'a.zip': zip(Object.fromEntries(filesBelow(logs).map(it => [path.relative(logs, it.absolute), readFileSync(it.absolute)]))) });
  pack('b.tar', '-cf');
  pack('c.tar.gz', '-czf');
  await dropAndAsk(page, `${folder}/packed`);
  assert.equal((await ask(page, 'report')).files.read, 0, 'nothing is read before the answer');
  assert.equal(await chosen(page), 39);
  await name(page, 'account', ACCOUNTS[1]).uncheck();
  await part(page, 'choice-from').fill('2024-01-03');
  await part(page, 'choice-unnamed').uncheck();
  assert.equal(await chosen(page), 6);
  await press(page, 'choice-read');
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 39, read: 6, skipped: 33, failed: 0 });
  assert.deepEqual([report.events.kept, report.events.duplicates], [20, 40], 'the same day, three times');
  assert.match(report.problems[0].message, /^33 files were left out/);
  assert.equal(await count(page, 'recipientAccountId:111122223333 eventTime>=2024-01-03'), 20);
}));

const focused = page => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.testid || document.activeElement.tagName);

test('a question that is closed reads nothing, and the page says what was not read', onPage(at, async page => {
  await part(page, 'choose-first').check();
  const logs = bucket('closed');
  await dropAndAsk(page, logs);
  assert.equal(await focused(page), 'choice-read');
  assert.equal(await dialog(page).getByRole('button', { name: 'Do not read' }).count(), 2);
  await busyWhile(page, () => page.keyboard.press('Escape'));
  assert.equal(await dialog(page).count(), 0);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 13, read: 0, skipped: 13, failed: 0 });
  assert.match(await part(page, 'ended').innerText(), /^Cancelled[^]*13 files were not read/);
  assert.equal(await part(page, 'problems').count(), 0);
  assert.equal(await focused(page), 'start-said');
  // Enter in a field reads what is chosen; a date that is cleared is no bound.
  await dropAndAsk(page, logs);
  await part(page, 'choice-from').fill('2024-01-02');
  assert.equal(await chosen(page), 9);
  await part(page, 'choice-from').fill('');
  assert.equal(await chosen(page), 13);
  await part(page, 'choice-to').fill('2024-01-01');
  await busyWhile(page, () => part(page, 'choice-to').press('Enter'));
  assert.equal(await count(page), 41);
  assert.notEqual(await focused(page), 'BODY');
  // With data there the next question is about the next files, and closing it keeps the data.
  await dropAndAsk(page, logs);
  assert.match(await dialog(page).innerText(), /Nothing of these 13 files was read yet/);
  await press(page, 'choice-cancel');
  assert.equal(await count(page), 41);
}));

test('the choice can be made while a load is put down', onPage(at, async page => {
  const logs = bucket('rested', 4000);
  await dragAndDrop(page, logs);
  await part(page, 'choose').click();
  // Whatever was read by then is read; asked is for the rest, if there is one.
  await Promise.race([dialog(page).waitFor(), part(page, 'progress').waitFor({ state: 'detached' })]);
  if (await dialog(page).count()) await press(page, 'choice-cancel');
  else await idle(page);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.equal(report.events.kept, 12 * 4000 + 1);
}));

for (const [theme, options] of Object.entries({
  light: {},
  dark: { colorScheme: 'dark' },
  narrow: { viewport: { width: 420, height: 800 } },
  korean: { locale: 'ko-KR' },
})) {
  test(`the question in ${theme}`, onPage(at, async page => {
    await part(page, 'choose-first').check();
    await dropAndAsk(page, bucket(theme));
    await accessible(page, `choice ${theme}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
    // By keyboard: the focus stays inside, Space unticks.
    await name(page, 'account', ACCOUNTS[0]).focus();
    await page.keyboard.press('Space');
    assert.equal(await chosen(page), 7);
    await part(page, 'choice-read').focus();
    await busyWhile(page, () => page.keyboard.press('Enter'));
    assert.equal(await count(page), 61);
  }, options));
}

const skip = DIST_TRAPS && existsSync(path.join(DIST_TRAPS, 'index.html')) ? false : 'no build with traps';
const small = stage(skip ? DIST : DIST_TRAPS);

/** What the page takes a packed file of so many bytes for. */
const events = bytes => Math.max(1, Math.floor((bytes - 900) / 145));

test('of more than memory holds the newest days that fit are proposed and read', { skip }, onPage(small, async page => {
  const logs = bucket('much', 500);
  const newest = filesBelow(logs).filter(it => /20240103|export/.test(it.path));
  assert.equal(newest.length, 5);
  const sizes = newest.map(it => statSync(it.absolute).size);
  const budget = of => (12 << 20) + of.reduce((sum, bytes) => sum + events(bytes) * 250, 0);
  await ask(page, 'trap', budget(sizes) + 250);
  const all = filesBelow(logs).length;
  // Picked, all files come at once: nothing is read before they are known to be too much.
  await part(page, 'folder-input').setInputFiles(logs);
  await dialog(page).waitFor();
  assert.match(await dialog(page).innerText(), /more than memory holds/);
  assert.equal(await part(page, 'choice-from').inputValue(), '2024-01-03');
  assert.equal(await chosen(page), 5);
  assert.equal(await page.locator('.choice-warning').count(), 0);
  await picture(page, 'choice too much');
  await part(page, 'choice-from').fill('2024-01-02');
  assert.equal(await chosen(page), 9);
  await page.locator('.choice-warning').waitFor();
  // Closed without an answer the load rests, and can be asked again.
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => /Paused/.test(document.querySelector('[data-testid="progress"]')?.innerText ?? ''));
  assert.equal((await ask(page, 'report')).files.read, 0);
  await part(page, 'choose').click();
  await dialog(page).waitFor();
  assert.equal(await chosen(page), 5);
  await press(page, 'choice-read');
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: all, read: 5, skipped: 8, failed: 0 });
  assert.equal(await count(page), 4 * 500 + 1);
  assert.equal(await count(page, 'eventTime:2024-01-03'), 4 * 500);
}));
