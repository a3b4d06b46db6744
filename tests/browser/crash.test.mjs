// Workers that die: a build with the feature `traps` lets them, and the page goes on.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { records, sampleLogs, scratch, trail, write } from './support/data.mjs';
import { DIST, DIST_TRAPS, addsUp, ask, busyWhile, count, dragAndDrop, drop, idle, onPage, stage } from './support/harness.mjs';
import { part, total } from './support/screen.mjs';
import { largeTar } from './support/tar.mjs';
import { zip } from './support/zip.mjs';

const skip = DIST_TRAPS && existsSync(path.join(DIST_TRAPS, 'index.html')) ? false : 'no build with traps';
const at = stage(skip ? DIST : DIST_TRAPS);
const folder = scratch();

/** What a dying worker says in the console is no complaint of the page. */
const expectDeath = page => page.expected.push(/unreachable|panicked|RuntimeError|trap/i);

test('a reader that dies loses one file, which is named, and the rest is loaded', { skip }, onPage(at, async page => {
  expectDeath(page);
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}.json`, trail(records(n * 10, n * 10 + 10))]));
  await drop(page, write(`${folder}/reader`, { ...files, 'trap-reader.json': trail(records(900, 910)) }));
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 41, read: 40, skipped: 0, failed: 1 });
  assert.equal(report.events.kept, 400);
  assert.deepEqual(report.problems.map(it => [it.path.split('/').at(-1), it.kind]), [['trap-reader.json', 'unreadable']]);
  assert.equal(await total(page), 400);
  // The new reader reads on.
  await drop(page, write(`${folder}/reader-after`, { 'after.json': trail(records(2000, 2010)) }));
  assert.equal(await count(page), 410);
}));

test('a reader that dies after it listed an archive leaves no load hanging', { skip }, onPage(at, async page => {
  expectDeath(page);
  const inside = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`in${n}.json`, trail(records(n * 10, n * 10 + 10))]));
  await drop(page, write(`${folder}/archive`, { 'a.zip': zip(inside), 'b.json': trail(records(500, 510)), 'trap-reader.json': trail(records(900, 910)) }));
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 7, read: 6, skipped: 0, failed: 1 });
  assert.equal(report.events.kept, 60);
}));

test('what was left of an archive when its load was stopped stays so when the engine dies', { skip }, onPage(at, async page => {
  expectDeath(page);
  await dragAndDrop(page, write(`${folder}/left`, { 'large.tar.gz': largeTar(3000) }));
  await page.waitForFunction(() => /[1-9][\d,]* events/.test(document.querySelector('[data-testid="progress"]')?.innerText ?? ''));
  await part(page, 'cancel').click();
  await idle(page);
  const before = await ask(page, 'report');
  assert.ok(before.files.found < 3000, JSON.stringify(before.files));
  await busyWhile(page, () => page.evaluate(() => window.trailglass.trap('engine').catch(() => {})));
  const after = await ask(page, 'report');
  addsUp(after);
  assert.deepEqual([after.files, after.events], [before.files, before.events]);
  const told = report => report.problems.map(it => `${it.kind} ${it.path}`).sort();
  assert.deepEqual(told(after), told(before));
}));

test('several readers that die at once are all replaced', { skip }, onPage(at, async page => {
  expectDeath(page);
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}.json`, trail(records(n * 10, n * 10 + 10))]));
  for (const n of [1, 2, 3]) files[`trap-reader-${n}.json`] = trail(records(900, 910));
  await drop(page, write(`${folder}/readers`, files));
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.files, { found: 33, read: 30, skipped: 0, failed: 3 });
  assert.equal(report.events.kept, 300);
}));

test('an engine that dies is replaced: the files are read again, and the person is told', { skip }, async t => {
  const logs = sampleLogs(`${folder}/engine`, 60_000);
  await onPage(at, async page => {
    expectDeath(page);
    await drop(page, logs);
    const before = await ask(page, 'report');
    const wanted = await count(page, 'service:s3');
    await busyWhile(page, () => page.evaluate(() => window.trailglass.trap('engine').then(() => 'survived', error => error.name)));
    // The load is over by then, and the notice says so.
    const notice = page.getByRole('alert').filter({ hasText: /has read your files again/ });
    await notice.first().waitFor();
    const after = await ask(page, 'report');
    addsUp(after);
    assert.deepEqual(after.events, before.events);
    assert.deepEqual(after.files, before.files);
    assert.equal(await count(page, 'service:s3'), wanted);
    assert.equal(await total(page), before.events.kept);
    await part(page, 'row').first().click();
    await idle(page);
    assert.match(await part(page, 'detail').innerText(), /eventVersion/, 'records can still be read');
  })(t);
});

test('an engine that dies during a load begins it again', { skip }, async t => {
  const logs = sampleLogs(`${folder}/again`, 150_000);
  await onPage(at, async page => {
    expectDeath(page);
    await busyWhile(page, async () => {
      const { dragAndDrop } = await import('./support/harness.mjs');
      await dragAndDrop(page, logs);
      await page.waitForFunction(() => Number(document.querySelector('[data-testid="table"]')?.dataset.total ?? 0) > 0);
      await page.evaluate(() => window.trailglass.trap('engine').catch(() => {}));
    });
    const report = await ask(page, 'report');
    addsUp(report);
    assert.equal(report.events.read, 150_000);
    assert.equal(await total(page), report.events.kept);
  })(t);
});
