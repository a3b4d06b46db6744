// Bad input: named, explained, and the rest of the load goes on.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { PNG, gzipSync, record, records, scratch, trail, write, writeBomb } from './support/data.mjs';
import { DIST, DIST_TRAPS, addsUp, ask, busyWhile, count, dragAndDrop, drop, onPage, picture, stage, started } from './support/harness.mjs';
import { filterBy, openTab, part, total } from './support/screen.mjs';

const at = stage();
const folder = scratch();

/** Records whose text gzip cannot make much smaller, so that a cut file still holds some of them. */
function noisy(from, to) {
  let state = 12345;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0).toString(36);
  return records(from, to).map(it => ({ ...it, requestParameters: { noise: Array.from({ length: 60 }, next).join('') } }));
}

const good = { 'good.json': trail(records(0, 10)) };

/** Drops files beside a good one; the problems of the others, by file name. */
async function dropBeside(page, name, files) {
  await drop(page, write(`${folder}/${name}`, { ...good, ...files }));
  const report = await ask(page, 'report');
  addsUp(report);
  const problems = new Map(report.problems.map(it => [it.path.split('/').at(-1), it]));
  assert.ok((await count(page, 'file:*/good.json')) === 10, 'the good file is read');
  assert.equal(await count(page), report.events.kept);
  return { report, problems };
}

test('an empty file is named and skipped', onPage(at, async page => {
  const { report, problems } = await dropBeside(page, 'empty', { 'nothing.json.gz': '', 'blank.json': ' \n', 'none.json': trail([]) });
  for (const name of ['nothing.json.gz', 'blank.json', 'none.json']) assert.equal(problems.get(name)?.kind, 'empty', name);
  assert.deepEqual(report.files, { found: 4, read: 1, skipped: 3, failed: 0 });
}));

test('a file that is no gzip, no JSON or no CloudTrail is named with what it is', onPage(at, async page => {
  const { report, problems } = await dropBeside(page, 'foreign', {
    'text.json.gz': 'hello, this is no gzip',
    'notes.txt': 'shopping: bread, milk',
    'other.json': JSON.stringify({ name: 'x', version: 1 }),
    'list.json': JSON.stringify([1, 2, 3]),
    'picture.png': PNG,
    'page.html': '<!doctype html><title>x</title>',
  });
  for (const name of ['text.json.gz', 'notes.txt', 'other.json', 'list.json', 'picture.png', 'page.html']) {
    assert.equal(problems.get(name)?.kind, 'not-cloudtrail', `${name}: ${JSON.stringify(problems.get(name))}`);
  }
  assert.equal(report.files.failed + report.files.skipped, 6);
  assert.deepEqual(report.events, { read: 10, kept: 10, duplicates: 0, rejected: 0 });
}));

test('a torn gzip keeps the events before the tear', onPage(at, async page => {
  const packed = gzipSync(trail(noisy(100, 300)));
  const { report, problems } = await dropBeside(page, 'torn', { 'torn.json.gz': packed.subarray(0, packed.length >> 1) });
  assert.equal(problems.get('torn.json.gz')?.kind, 'truncated-gzip');
  const saved = await count(page, 'file:*/torn.json.gz');
  assert.ok(saved > 50 && saved < 150, `${saved} of 200 events were saved`);
  assert.deepEqual(report.files, { found: 2, read: 2, skipped: 0, failed: 0 });
  assert.ok(problems.get('torn.json.gz').message.includes(String(saved)), 'and the problem says how many');
}));

test('a corrupt gzip keeps the events before the damage', onPage(at, async page => {
  const packed = gzipSync(trail(noisy(100, 300)));
  packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
  const header = Buffer.from(gzipSync(trail(records(400, 410))));
  header[2] = 99;
  const { problems } = await dropBeside(page, 'corrupt', { 'corrupt.json.gz': packed, 'header.json.gz': header });
  assert.equal(problems.get('corrupt.json.gz')?.kind, 'corrupt-gzip');
  assert.equal(problems.get('header.json.gz')?.kind, 'corrupt-gzip');
  assert.ok((await count(page, 'file:*/corrupt.json.gz')) > 20);
}));

test('broken JSON keeps the events before the break, and those after a lone bad record', onPage(at, async page => {
  const text = trail(records(100, 120));
  const cut = text.slice(0, text.indexOf('"eventID"', text.length / 2));
  const wrong = trail(records(200, 220)).replace('"eventTime":"2024-01-01T00:03:30Z"', '"eventTime":oops');
  const torn = trail(records(300, 320)).split('},{"eventVersion"');
  torn[9] += '} oops';
  const { problems } = await dropBeside(page, 'broken', { 'cut.json': cut, 'wrong.json': wrong, 'torn.json': torn.join('},{"eventVersion"') });
  assert.equal(problems.get('cut.json')?.kind, 'bad-json');
  const kept = await count(page, 'file:*/cut.json');
  assert.ok(kept >= 8 && kept <= 11, `${kept} of 20 events`);
  assert.equal(problems.get('wrong.json')?.kind, 'bad-record');
  assert.equal(await count(page, 'file:*/wrong.json'), 19, 'only the record with the break is left out');
  assert.deepEqual([problems.get('wrong.json').record, typeof problems.get('wrong.json').byte], [10, 'number']);
  assert.equal(problems.get('torn.json')?.kind, 'bad-json');
  assert.equal(await count(page, 'file:*/torn.json'), 10);
}));

test('a record that is none is left out, its neighbours are kept', onPage(at, async page => {
  const { report, problems } = await dropBeside(page, 'mixed', { 'mixed.json': trail([record(100), 42, 'text', null, record(101)]) });
  assert.equal(problems.get('mixed.json')?.kind, 'bad-record');
  assert.equal(report.events.rejected, 3);
  assert.equal(await count(page, 'file:*/mixed.json'), 2);
  assert.deepEqual(report.files, { found: 2, read: 2, skipped: 0, failed: 0 });
}));

test('a record with missing and oddly typed fields is kept with what it has', onPage(at, async page => {
  const odd = [
    { eventVersion: '1.08', eventID: 'no-uuid', eventName: 'A' },
    record(101, { userIdentity: 'somebody', resources: 'arn:aws:s3:::x', errorCode: 42 }),
    record(102, { eventTime: 12345, readOnly: 'maybe', requestParameters: 'text' }),
    record(103, { userIdentity: null, eventSource: null, sourceIPAddress: null, userAgent: null }),
    record(104, { resources: [null, 1, { ARN: 'arn:aws:s3:::y', type: 'AWS::S3::Bucket' }] }),
  ];
  const { report } = await dropBeside(page, 'odd', { 'odd.json': trail(odd) });
  assert.equal(report.events.kept, 15);
  assert.equal(await count(page, 'eventID:no-uuid'), 1);
  assert.equal(await count(page, 'resources.ARN:arn:aws:s3:::y'), 1);
  assert.equal(await count(page, 'NOT eventTime:* file:*/odd.json'), 2, 'two have no readable time');
}));

/** Files of this machine as a page holds them, before it was told to read them. */
async function held(page, paths) {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'held' });
    document.body.append(input);
  });
  await page.locator('#held').setInputFiles(paths);
  // A look at their sizes, as a page takes it when files are given.
  assert.equal(await page.evaluate(() => [...document.querySelector('#held').files].filter(it => it.size > 0).length), paths.length);
  return () => busyWhile(page, () => page.evaluate(() => window.trailglass.open([...document.querySelector('#held').files]).then(() => {})));
}

test('files that change or vanish before they are read are named, and the rest is read', onPage(at, async page => {
  const names = ['a.json', 'grown.json', 'b.json.gz', 'gone.json', 'shrunk.json', 'other.zip', 'c.json'];
  const text = number => trail(records(number * 10, number * 10 + 10));
  const files = Object.fromEntries(names.map((name, number) => [name, name.endsWith('.gz') ? gzipSync(text(number)) : text(number)]));
  const moving = write(`${folder}/moving`, files);
  const open = await held(page, names.map(it => `${moving}/${it}`));
  appendFileSync(`${moving}/grown.json`, ' ');
  rmSync(`${moving}/gone.json`);
  truncateSync(`${moving}/shrunk.json`, 100);
  renameSync(`${moving}/other.zip`, `${moving}/elsewhere.zip`);
  await open();
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 7, read: 3, skipped: 0, failed: 4 });
  assert.deepEqual(report.events, { read: 30, kept: 30, duplicates: 0, rejected: 0 });
  const problems = report.problems.map(it => [it.path, it.kind]).sort();
  assert.deepEqual(problems, ['gone.json', 'grown.json', 'other.zip', 'shrunk.json'].map(it => [it, 'unreadable']));
  await openTab(page, /Files/);
  assert.equal(await page.locator('[data-testid="problem"][data-kind="unreadable"]').count(), 4);
  // As they are now they can be had, but for the one that was cut.
  await drop(page, moving);
  const again = await ask(page, 'report');
  addsUp(again);
  assert.deepEqual([again.events.kept, again.files.failed], [50, 5]);
}));

test('an event whose file changed or vanished since says so', onPage(at, async page => {
  const since = write(`${folder}/since`, { 'a.json': trail(records(0, 1)), 'b.json': trail(records(1, 2)) });
  await drop(page, since);
  rmSync(`${since}/a.json`);
  appendFileSync(`${since}/b.json`, ' ');
  for (const name of ['a.json', 'b.json']) {
    await filterBy(page, `file:*/${name}`);
    await busyWhile(page, () => part(page, 'row').first().click());
    assert.match(await part(page, 'detail').innerText(), /could not read the file again.*Drop it again/s, name);
  }
}));

test('links that lead nowhere or in circles, and pipes, hold up no folder', onPage(at, async page => {
  const odd = write(`${folder}/links`, { 'deep/a.json': trail(records(0, 10)), 'b.json': trail(records(10, 20)) });
  symlinkSync('/nowhere/at/all.json', `${odd}/dangling.json`);
  symlinkSync('..', `${odd}/deep/loop`);
  assert.equal(spawnSync('mkfifo', [`${odd}/pipe.json`]).status, 0);
  await drop(page, odd);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.equal(report.files.read, 2);
  assert.equal(await count(page), 20);
  // Chromium shows no links; what it shows is accounted for.
  assert.deepEqual(report.problems.filter(it => !/pipe|dangling|loop/.test(it.path)), []);
}));

test('folders and files that the browser refuses to show are named, and the rest is read', onPage(at, async page => {
  // The test runs as one who may read everything, so the refusals are the page's browser's own.
  await page.evaluate(() => {
    const refusal = () => new DOMException('Permission was withdrawn.', 'NotAllowedError');
    const instead = (kind, method, make) => {
      const real = kind.prototype[method];
      kind.prototype[method] = function (...given) {
        return make.call(this, () => real.apply(this, given), ...given);
      };
    };
    instead(FileSystemDirectoryHandle, 'values', function (real) {
      return /closed|half/.test(this.name) ? { next: () => Promise.reject(refusal()) } : real();
    });
    instead(FileSystemFileHandle, 'getFile', function (real) {
      return this.name === 'refused.json' ? Promise.reject(refusal()) : real();
    });
    // Entries have no constructor that a page could name: the drop shows what they are made of.
    const refuse = entry => {
      if (entry.name === 'refused.json') entry.file = (good, bad) => bad(refusal());
      return entry;
    };
    addEventListener('drop', event => {
      const folder = Object.getPrototypeOf(event.dataTransfer.items[0].webkitGetAsEntry());
      instead({ prototype: folder }, 'createReader', function (real) {
        const reader = real();
        const portions = this.name === 'closed' ? 0 : this.name === 'half' ? 1 : Infinity;
        let read = 0;
        return {
          readEntries: (good, bad) =>
            read++ < portions ? reader.readEntries(entries => good(entries.map(refuse)), bad) : bad(refusal()),
        };
      });
    }, true);
  });
  const shut = write(`${folder}/shut`, {
    'closed/a.json': trail(records(0, 10)),
    'half/b.json': trail(records(10, 20)),
    'open/refused.json': trail(records(20, 30)),
    'open/c.json': trail(records(30, 40)),
  });
  await drop(page, shut);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 3, read: 2, skipped: 0, failed: 1 });
  const problems = report.problems.map(it => `${it.path}: ${it.kind}`).sort();
  assert.deepEqual(problems, ['shut/closed: unreadable', 'shut/half: unreadable', 'shut/open/refused.json: unreadable']);
  assert.ok(report.problems.every(it => /Permission was withdrawn/.test(it.message)), 'and why');
  assert.equal(await count(page, 'file:*/half/b.json OR file:*/c.json'), 20);
}));

test('a digest file holds no events by design', onPage(at, async page => {
  const digest = JSON.stringify({ awsAccountId: '1', digestStartTime: '2024-01-01T00:00:00Z', digestEndTime: '2024-01-01T01:00:00Z', logFiles: [] });
  const { report, problems } = await dropBeside(page, 'digest', { 'digest.json.gz': gzipSync(digest) });
  assert.equal(problems.get('digest.json.gz')?.kind, 'digest');
  assert.equal(report.files.skipped, 1);
}));

test('10 GB of zeros in a small gzip are refused, and the page stays alive', onPage(at, async page => {
  write(`${folder}/bomb`, {});
  mkdirSync(`${folder}/bomb`, { recursive: true });
  writeBomb(`${folder}/bomb/zeros.json.gz`);
  const { report, problems } = await dropBeside(page, 'bomb', {});
  assert.equal(problems.get('zeros.json.gz')?.kind, 'too-large');
  assert.equal(report.files.failed, 1);
  assert.equal(await total(page), 10);
  assert.ok(report.memoryBytes < 500e6, 'the engine did not pay for it');
}));

test('what a limit cut off is read again with a higher one, which is kept', onPage(at, async page => {
  // Nearly all spaces, so that some 700 bytes come out of each that goes in: more than any log's.
  const spaces = ' '.repeat(20 << 10);
  const dull = gzipSync(trail(records(0, 7300)).replaceAll('},{', `},${spaces}{`), { level: 9 });
  await drop(page, write(`${folder}/dull`, { 'dull.json.gz': dull }));
  const cut = await ask(page, 'report');
  assert.deepEqual(cut.problems.map(it => it.kind), ['too-large']);
  assert.match(cut.problems[0].message, /raise the limit in the Files tab/);
  assert.ok(cut.events.kept > 3000 && cut.events.kept < 7300, `${cut.events.kept} kept`);
  await openTab(page, /Files/);
  assert.equal(await part(page, 'limit-ratio').inputValue(), '300');
  await part(page, 'limits-raise').scrollIntoViewIfNeeded();
  await picture(page, 'limits');
  await busyWhile(page, () => part(page, 'limits-raise').click());
  const whole = await ask(page, 'report');
  addsUp(whole);
  assert.deepEqual(whole.problems, [], 'what was cut off is here now');
  assert.equal(whole.events.kept, 7300);
  assert.deepEqual(whole.files, { found: 1, read: 1, skipped: 0, failed: 0 }, 'one file, however often it is read');
  assert.deepEqual(whole.events, { read: 7300, kept: 7300, duplicates: 0, rejected: 0 });
  assert.equal(await part(page, 'limit-ratio').inputValue(), '1000');
  assert.equal(await part(page, 'limit-file').inputValue(), '1000000000', 'the limit that was not met stays');
  await page.reload();
  await started(page);
  await drop(page, `${folder}/dull`);
  assert.deepEqual((await ask(page, 'report')).problems, [], 'also at the next visit');
  await openTab(page, /Files/);
  await part(page, 'limits-reset').click();
  assert.equal(await part(page, 'limit-ratio').inputValue(), '300');
}));

test('a folder that holds no files is told', onPage(at, async page => {
  mkdirSync(`${folder}/hollow/deeper`, { recursive: true });
  await dragAndDrop(page, `${folder}/hollow`);
  await page.getByText('The folder holds no files: hollow').waitFor();
  await drop(page, write(`${folder}/filled`, good));
  assert.equal(await page.getByText('The folder holds no files').count(), 0);
}));

const skip = DIST_TRAPS && existsSync(path.join(DIST_TRAPS, 'index.html')) ? false : 'no build with traps';
const low = stage(skip ? DIST : DIST_TRAPS);

test('a load ends at its limit: what was read stays, and the rest is told', { skip }, onPage(low, async page => {
  const files = Array.from({ length: 200 }, (_, it) => [`${it}.json`, trail(records(it * 100, it * 100 + 100))]);
  const logs = write(`${folder}/much`, Object.fromEntries(files));
  await page.evaluate(bytes => localStorage.setItem('trailglass.limits', `1000000000 300 ${bytes}`), 10 * files[0][1].length);
  await page.reload();
  await started(page);
  await drop(page, logs);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.ok(report.files.read >= 10 && report.files.failed > 0, JSON.stringify(report.files));
  assert.equal(report.events.kept, report.files.read * 100);
  assert.equal(await count(page), report.events.kept);
  const [problem, ...others] = report.problems;
  assert.deepEqual([problem.kind, others], ['too-large', []]);
  assert.match(problem.message, new RegExp(`^${report.files.failed} files were not read: .* more than the limit of a load`));
  // The next load has the limit for itself.
  await drop(page, path.join(logs, '199.json'));
  assert.equal(await count(page, 'file:199.json'), 100);
}));

test('a lone image: the page says that it is no log and what to drop', onPage(at, async page => {
  await drop(page, `${write(`${folder}/image`, { 'cat.png': PNG })}/cat.png`);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.problems.map(it => it.kind), ['not-cloudtrail']);
  const problem = part(page, 'problem');
  await problem.first().waitFor();
  assert.equal(await problem.first().getAttribute('data-kind'), 'not-cloudtrail');
  assert.match(await page.locator('main').innerText(), /cat\.png/);
  assert.ok(await part(page, 'drop-zone').isVisible(), 'something else can be dropped');
}));

test('5,000 unrelated files: each is counted, and the page stays quick', onPage(at, async page => {
  const files = {};
  for (let n = 0; n < 5000; n += 1) files[`f${n % 50}/file-${n}.${['txt', 'md', 'js', 'css'][n % 4]}`] = `file number ${n}\n`;
  await drop(page, write(`${folder}/unrelated`, files));
  const report = await ask(page, 'report');
  addsUp(report);
  assert.equal(report.files.found, 5000);
  assert.equal(report.files.read, 0);
  const listed = await part(page, 'problem').count();
  assert.ok(listed > 0 && listed <= 1000, `${listed} lines are shown of 5,000`);
  // It still takes logs.
  await drop(page, write(`${folder}/after`, good));
  assert.equal(await total(page), 10);
}));

test('every problem is listed with its file', onPage(at, async page => {
  await dropBeside(page, 'listed', { 'nothing.json': '', 'picture.png': PNG });
  await openTab(page, /Files/);
  const lines = await part(page, 'problems').innerText();
  assert.match(lines, /nothing\.json/);
  assert.match(lines, /picture\.png/);
  const kinds = await part(page, 'problem').evaluateAll(all => all.map(it => it.dataset.kind));
  assert.deepEqual(kinds.sort(), ['empty', 'not-cloudtrail']);
}));
