// Archives: a zip, a tar, a packed tar, and archives in one another are dropped like folders.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { gzipSync, record, records, scratch, trail, write } from './support/data.mjs';
import { DIST, DIST_TRAPS, addsUp, ask, count, dragAndDrop, drop, idle, onPage, stage } from './support/harness.mjs';
import { part } from './support/screen.mjs';
import { largeTar } from './support/tar.mjs';
import { zip } from './support/zip.mjs';

const at = stage();
const folder = scratch();

/** So many log files of ten events each, by path. */
const logs = (files, from = 0) =>
  Object.fromEntries(
    Array.from({ length: files }, (_, it) => {
      const first = (from + it) * 10;
      return [`AWSLogs/111122223333/CloudTrail/us-east-1/2024/01/01/${from + it}.json.gz`, gzipSync(trail(records(first, first + 10)))];
    }),
  );

/** Writes the files into a folder and packs it with the system's tar. */
function tar(name, files, flags) {
  write(path.join(folder, `${name}-files`), files);
  const { status, stderr } = spawnSync('tar', [flags, path.join(folder, name), '-C', path.join(folder, `${name}-files`), '.']);
  assert.equal(status, 0, String(stderr));
  return readFileSync(path.join(folder, name));
}

test('archives of every kind give the files in them', onPage(at, async page => {
  const bucket = path.join(folder, 'bucket');
  write(bucket, { 'a.zip': zip(logs(150)) });
  write(bucket, { 'b.tar': tar('b.tar', logs(20, 200), '-cf') });
  write(bucket, { 'c.tar.gz': tar('c.tar.gz', logs(20, 300), '-czf') });
  write(bucket, { 'd.zip': zip({ 'inner.zip': zip(logs(5, 400)), 'inner.tar.gz': tar('d.tar.gz', logs(5, 500), '-czf') }) });
  write(bucket, { 'plain.json': trail(records(9000, 9003)) });
  await drop(page, bucket);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.problems, []);
  assert.deepEqual(report.files, { found: 201, read: 201, skipped: 0, failed: 0 }, 'the files count, not the archives');
  assert.equal(report.events.kept, 2003);
  assert.equal(await count(page, 'file:*a.zip/AWSLogs/*'), 1500);
  assert.equal(await count(page, 'file:*d.zip/inner.tar.gz/*'), 50);

  // A record is found again where it lies, however deep.
  for (const filter of ['file:*a.zip/*', 'file:*b.tar/*', 'file:*c.tar.gz/*', 'file:*inner.zip/*', 'file:*inner.tar.gz/*']) {
    const { ids, rows } = await ask(page, 'page', { filter, limit: 1, columns: ['eventID', 'file'] });
    const event = await ask(page, 'event', ids[0]);
    assert.equal(event.record.eventID, rows[0][0]);
    assert.equal(event.file, rows[0][1]);
  }
}));

test('an archive that is cut short or lies too deep is named', onPage(at, async page => {
  const bucket = path.join(folder, 'bad');
  const whole = zip(logs(3));
  write(bucket, { 'cut.zip': whole.subarray(0, whole.length - 40) });
  write(bucket, { 'deep.zip': zip({ '1.zip': zip({ '2.zip': zip({ '3.zip': zip(logs(1)) }) }) }) });
  write(bucket, { 'good.json': trail(records(0, 5)) });
  await drop(page, bucket);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.equal(report.events.kept, 5);
  const kinds = Object.fromEntries(report.problems.map(it => [it.path, it.kind]));
  assert.deepEqual(kinds, { 'bad/cut.zip': 'truncated-gzip', 'bad/deep.zip/1.zip/2.zip/3.zip': 'unsupported' });
}));

test('a large packed archive rests, answers, goes on and is left when its load is', async t => {
  const bucket = write(path.join(folder, 'large'), { 'large.tar.gz': largeTar(3000) });
  await onPage(at, async page => {
    const progress = wanted => page.waitForFunction(
      ([wanted]) => new RegExp(wanted).test(document.querySelector('[data-testid="progress"]')?.innerText ?? ''),
      [wanted],
    );
    await dragAndDrop(page, bucket);
    await progress('[1-9][\\d,]* events');
    await part(page, 'pause').click();
    await progress('Paused');
    // The reader that is at the archive finds records too.
    const { ids } = await ask(page, 'page', { limit: 1 });
    const event = await ask(page, 'event', ids[0]);
    assert.match(event.file, /large\.tar\.gz\/logs\/\d+\.json$/);
    const rested = (await ask(page, 'report')).files.read;
    await part(page, 'pause').click();
    await page.waitForFunction(async before => (await window.trailglass.report()).files.read > before + 50, rested);
    await part(page, 'cancel').click();
    await idle(page);
    const report = await ask(page, 'report');
    addsUp(report);
    assert.equal(await count(page), report.events.kept);
    assert.ok(report.files.found < 3000, `the rest was not even looked for: ${JSON.stringify(report.files)}`);
    const left = report.problems.find(it => it.path === 'large/large.tar.gz');
    assert.equal(left.kind, 'cancelled');
    assert.match(left.message, /the load was stopped before its end was reached/);
  })(t);
});

const skip = DIST_TRAPS && existsSync(path.join(DIST_TRAPS, 'index.html')) ? false : 'no build with traps';
const small = stage(skip ? DIST : DIST_TRAPS);

test('what an archive unpacks to is packed again where a browser would not keep it', { skip }, onPage(small, async page => {
  await drop(page, write(path.join(folder, 'unpacked'), { 'large.tar.gz': largeTar(60) }));
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual([report.files.read, report.events.kept, report.problems], [60, 60, []]);
  assert.ok(report.bytes.compressed < report.bytes.json / 4, JSON.stringify(report.bytes));
  const { ids } = await ask(page, 'page', { filter: 'file:*/59.json', limit: 1 });
  assert.equal((await ask(page, 'event', ids[0])).record.eventID, record(59).eventID);
}));
