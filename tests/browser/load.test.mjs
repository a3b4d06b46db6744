// Dropping folders: everything in them is read once, counted honestly, and stays on the machine.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';

import { REAL_LOGS, record, records, sampleLogs, scratch, skipWithoutRealLogs, trail, write } from './support/data.mjs';
import { addsUp, ask, busyWhile, count, drop, dragAndDrop, idle, onPage, stage } from './support/harness.mjs';
import { facet, groupBy, newestFirst, readLogs } from './support/oracle.mjs';
import { FACETS, FILTERS } from './support/questions.mjs';
import { numbers, part, rows, total } from './support/screen.mjs';

const at = stage();
const folder = scratch();

test('a real bucket folder is dropped and every figure is right', { skip: skipWithoutRealLogs }, onPage(at, async (page, t) => {
  const requests = [];
  page.on('request', request => requests.push(request.url()));
  await drop(page, REAL_LOGS);
  const report = await ask(page, 'report');
  const logs = readLogs(REAL_LOGS);

  await t.test('the report counts files, events and duplicates', () => {
    assert.deepEqual(report.files, { found: 3872, read: 3872, skipped: 0, failed: 0 });
    assert.deepEqual(report.events, { read: 30477, kept: 23981, duplicates: 6496, rejected: 0 });
    assert.deepEqual(report.timeRange, { from: '2021-07-28T15:28:12Z', to: '2021-08-02T09:50:03Z' });
    assert.deepEqual(report.problems, []);
    assert.equal(logs.events.length, 23981, 'the plain reading agrees');
  });

  await t.test('the page says the same', async () => {
    const said = numbers(await part(page, 'summary').innerText());
    for (const figure of [3872, 23981, 6496]) assert.ok(said.includes(figure), `${figure} in ${said}`);
    assert.equal(await total(page), 23981);
    assert.equal(await part(page, 'problem').count(), 0);
    const [newest] = await rows(page);
    assert.match(newest.text, /09:50:03/);
  });

  await t.test('counts of the course books', async () => {
    assert.equal(await count(page), 23981);
    assert.equal(await count(page, 'eventName:PutObject'), 15079);
    assert.equal(await count(page, 'errorCode:AccessDenied'), 10014);
    assert.equal(await count(page, 'outcome:denied'), 10016);
  });

  await t.test('each filter counts what a plain loop counts, and its NOT the rest', async () => {
    for (const [text, holds] of FILTERS) {
      const wanted = logs.events.filter(holds).length;
      assert.equal(await count(page, text), wanted, text);
      if (text) assert.equal(await count(page, `NOT (${text})`), 23981 - wanted, `NOT (${text})`);
    }
  });

  await t.test('each facet counts what a plain loop counts', async () => {
    const filters = [FILTERS[0], FILTERS[8], FILTERS[20]];
    for (const [filter, holds] of filters) {
      const events = logs.events.filter(holds);
      for (const field of FACETS) {
        const wanted = facet(events, field);
        const limit = 12;
        const { total, distinct, missing, values } = await ask(page, 'facet', { field, filter, limit });
        const name = `${field} of ${filter || 'everything'}`;
        assert.deepEqual({ total, distinct, missing }, { total: wanted.total, distinct: wanted.distinct, missing: wanted.missing }, name);
        assert.deepEqual(values, wanted.values.slice(0, limit), name);
      }
    }
  });

  await t.test('groups count what a plain loop counts', async () => {
    for (const by of [['principal'], ['service', 'outcome'], ['resources.type'], ['errorCode', 'eventName']]) {
      const answer = await ask(page, 'group', { by, limit: 10_000 });
      const wanted = groupBy(logs.events, by);
      assert.equal(answer.total, wanted.length, by.join());
      assert.deepEqual(answer.columns, [...by, 'count', 'principals', 'first', 'last', 'errorShare']);
      const named = new Map(wanted.map(it => [JSON.stringify(it.key), it]));
      for (const row of answer.rows) {
        const group = named.get(JSON.stringify(row.slice(0, by.length)));
        assert.ok(group, `no such group: ${row}`);
        const [events, principals, first, last, share] = row.slice(by.length);
        assert.deepEqual([events, principals], [group.count, group.principals.size], row.join());
        assert.deepEqual([Date.parse(first), Date.parse(last)], [group.first, group.last], row.join());
        assert.ok(Math.abs(share - group.errors / group.count) < 1e-9, row.join());
      }
    }
  });

  await t.test('pages of the table are in the order of a plain sort', async () => {
    const sorted = newestFirst(logs.events);
    const columns = ['eventTime', 'eventID', 'eventName', 'resources.ARN', 'errorCode'];
    for (const offset of [0, 11_000, 23_900]) {
      const answer = await ask(page, 'page', { offset, limit: 100, columns });
      assert.equal(answer.total, 23981);
      const wanted = sorted.slice(offset, offset + 100);
      assert.deepEqual(answer.rows.map(it => it[1]), wanted.map(it => it.record.eventID), `from row ${offset}`);
      assert.deepEqual(answer.rows.map(it => it[0]), wanted.map(it => it.record.eventTime));
      assert.deepEqual(answer.rows.map(it => it[2]), wanted.map(it => it.record.eventName));
      assert.deepEqual(answer.rows.map(it => it[4]), wanted.map(it => it.record.errorCode ?? null));
      const arns = row => (Array.isArray(row[3]) ? row[3] : []);
      assert.deepEqual(answer.rows.map(arns), wanted.map(it => it.values('resources.ARN')));
    }
  });

  await t.test('the histogram adds up to the count, whole and filtered', async () => {
    for (const filter of ['', 'eventName:GetObject', 'outcome:denied eventTime:2021-07-31']) {
      for (const split of [undefined, 'outcome', 'eventName', 'errorCode']) {
        const { series, step } = await ask(page, 'histogram', { filter, split });
        const sum = series.flatMap(it => it.counts).reduce((a, b) => a + b, 0);
        assert.equal(sum, await count(page, filter), `${filter} by ${split}`);
        assert.ok(step > 0 && series.every(it => it.counts.length <= 60));
      }
    }
  });

  await t.test('the bulk download comes first of what is unusual', async () => {
    const { incidents } = await ask(page, 'insights');
    const [first] = incidents;
    assert.equal(first.principal, 'arn:aws:iam::342082656213:user/FalsimentisRoot');
    assert.match(first.start, /^2021-07-30T16:3[0-2]/);
    assert.ok(first.insights.some(it => it.key.eventName === 'GetObject'), JSON.stringify(first.insights[0].key));
  });

  await t.test('a second drop of the same folder adds nothing but duplicates', async () => {
    await drop(page, REAL_LOGS);
    const again = await ask(page, 'report');
    addsUp(again);
    assert.equal(again.events.kept, 23981);
    assert.equal(again.events.duplicates, 6496 + 30477);
    assert.equal(again.files.read, 2 * 3872);
  });

  await t.test('no request left the page since it was loaded', () => {
    assert.deepEqual(requests.filter(it => !it.startsWith('blob:')), []);
  });
}));

test('a second drop is added to the first', onPage(at, async page => {
  const one = write(`${folder}/one`, { 'a.json': trail(records(0, 10)), 'deep/er/b.json': trail(records(10, 30)) });
  const two = write(`${folder}/two`, { 'c.json': trail(records(25, 40)) });
  await drop(page, one);
  assert.equal(await count(page), 30);
  await drop(page, two);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.events, { read: 45, kept: 40, duplicates: 5, rejected: 0 });
  assert.deepEqual(report.files, { found: 3, read: 3, skipped: 0, failed: 0 });
  assert.equal(await total(page), 40);
}));

test('what macOS and Windows put into folders is passed over', onPage(at, async page => {
  const beside = { '.DS_Store': 'x', '._a.json': 'x', 'Thumbs.db': 'x', '__MACOSX/a.json': 'x' };
  await drop(page, write(`${folder}/mac`, { 'a.json': trail(records(0, 3)), ...beside }));
  const report = await ask(page, 'report');
  assert.deepEqual(report.files, { found: 1, read: 1, skipped: 0, failed: 0 });
}));

test('folders and files can be dropped together', onPage(at, async page => {
  const both = write(`${folder}/both`, {
    'left/a.json': trail(records(0, 10)),
    'right/b.json': trail(records(10, 20)),
    'lone.json': trail(records(20, 25)),
  });
  await drop(page, [`${both}/left`, `${both}/right`, `${both}/lone.json`]);
  assert.equal(await count(page), 25);
  const files = await ask(page, 'facet', { field: 'file' });
  assert.deepEqual(files.values.map(it => it.value), ['left/a.json', 'right/b.json', 'lone.json']);
}));

test('a folder and files can be picked instead of dropped', onPage(at, async page => {
  const picked = write(`${folder}/picked`, { 'x/a.json': trail(records(0, 10)), 'b.json': trail(records(10, 15)) });
  await busyWhile(page, () => part(page, 'folder-input').setInputFiles(picked));
  assert.equal(await count(page), 15);
  const more = write(`${folder}/more`, { 'c.json': trail(records(15, 20)) });
  await busyWhile(page, () => part(page, 'file-input').setInputFiles(`${more}/c.json`));
  assert.equal(await count(page), 20);
}));

test('gzip of several members is read whole', onPage(at, async page => {
  const { gzipSync } = await import('./support/data.mjs');
  const text = trail(records(0, 50));
  const members = [text.slice(0, 1000), text.slice(1000, 1001), text.slice(1001)].map(it => gzipSync(it));
  await drop(page, write(`${folder}/members`, { 'a.json.gz': Buffer.concat(members) }));
  assert.equal(await count(page), 50);
  assert.deepEqual((await ask(page, 'report')).problems, []);
}));

test('the same event with another body is kept and reported', onPage(at, async page => {
  const other = record(1, { userAgent: 'somebody else' });
  const given = write(`${folder}/twins`, { 'a.json': trail(records(0, 3)), 'b.json': trail([other, record(2)]) });
  await drop(page, given);
  const report = await ask(page, 'report');
  addsUp(report);
  assert.deepEqual(report.events, { read: 5, kept: 4, duplicates: 1, rejected: 0 });
  assert.deepEqual(report.problems.map(it => it.kind), ['bad-record']);
}));

test('records without an eventID are never duplicates', onPage(at, async page => {
  const nameless = record(1, { eventID: undefined });
  await drop(page, write(`${folder}/nameless`, { 'a.json': trail([nameless, nameless]), 'b.json': trail([nameless]) }));
  assert.equal(await count(page), 3);
}));

test('cancel keeps what has arrived, and the report adds up', async t => {
  const logs = sampleLogs(`${folder}/long`, Number(process.env.SMALL ? 300_000 : 600_000));
  await onPage(at, async page => {
    await dragAndDrop(page, logs);
    await page.waitForFunction(() => /[1-9][\d,]* events/.test(document.querySelector('[data-testid="progress"]')?.innerText ?? ''));
    await part(page, 'cancel').click();
    await idle(page);
    const report = await ask(page, 'report');
    addsUp(report);
    assert.ok(report.files.read > 0, 'some files were read');
    assert.equal(await count(page), report.events.kept);
    assert.equal(await total(page), report.events.kept);
    const cancelled = report.problems.filter(it => it.kind === 'cancelled');
    assert.equal(cancelled.length, 1);
    const { message } = cancelled[0];
    // Some were found and not read, some not even found; one of both at least.
    assert.ok(report.files.skipped > 0 ? numbers(message).includes(report.files.skipped) : /not found yet/.test(message), message);
    // The rest can be had by dropping once more.
    await drop(page, logs);
    const whole = await ask(page, 'report');
    addsUp(whole);
    // What was left out counts once, now as read; what was read before came twice.
    const all = readdirSync(logs, { recursive: true, withFileTypes: true }).filter(it => it.isFile()).length;
    assert.deepEqual(whole.files, { found: report.files.read + all, read: report.files.read + all, skipped: 0, failed: 0 });
    assert.deepEqual(whole.problems.filter(it => it.kind === 'cancelled'), [], 'nothing is left out any more');
    assert.equal(await count(page), whole.events.kept);
  })(t);
});

test('a drop waits for the load before it, and a cancel names what was never looked through', async t => {
  const first = sampleLogs(`${folder}/first`, 200_000, { seed: 5 });
  const second = write(`${folder}/second`, Object.fromEntries([1, 2].map(n => [`${n}.json`, trail([record(n)])])));
  await onPage(at, async page => {
    await dragAndDrop(page, first);
    await dragAndDrop(page, second);
    await page.waitForFunction(() => document.querySelector('[data-testid="progress"]')?.innerText.includes('then: second'));
    await part(page, 'cancel').click();
    await idle(page);
    const stopped = await ask(page, 'report');
    addsUp(stopped);
    const messages = stopped.problems.filter(it => it.kind === 'cancelled').map(it => it.message);
    assert.ok(messages.includes('Files that were not found yet were not read, since the load of second was stopped. Drop the folder again to add the rest.'), JSON.stringify(messages));

    await dragAndDrop(page, first);
    await dragAndDrop(page, second);
    await idle(page);
    const whole = await ask(page, 'report');
    addsUp(whole);
    assert.equal(await count(page, 'eventID:00000000-0000-4000-8000-000000000002'), 1, 'the second drop was taken in');
    assert.ok(whole.events.kept > 190_000, JSON.stringify(whole.events));
  })(t);
});

test('no task of the page is long beside the load', async t => {
  const logs = sampleLogs(`${folder}/smooth`, 400_000, { seed: 6 });
  await onPage(at, async page => {
    await page.evaluate(() => {
      window.tasks = [];
      new PerformanceObserver(list => tasks.push(...list.getEntries().map(it => it.duration))).observe({ type: 'longtask' });
    });
    await drop(page, logs);
    const { elapsedMs } = await ask(page, 'report');
    const tasks = (await page.evaluate(() => window.tasks)).sort((a, b) => b - a).map(Math.round);
    t.diagnostic(`tasks over 50 ms in ${Math.round(elapsedMs)} ms: ${tasks.join(', ') || 'none'}`);
    // What waits for a processor counts too, so this is a share and no time: a page that
    // drew all in one task, or parsed itself, would be far above it.
    assert.ok((tasks[0] ?? 0) < elapsedMs / 8, `${tasks} of ${elapsedMs} ms`);
    assert.ok(tasks.reduce((a, b) => a + b, 0) < elapsedMs / 4, `${tasks} of ${elapsedMs} ms`);
  })(t);
});

test('while a load is under way the page draws, its tabs turn, and questions are answered', async t => {
  const logs = sampleLogs(`${folder}/lively`, 400_000, { seed: 4 });
  await onPage(at, async page => {
    await dragAndDrop(page, logs);
    await part(page, 'table').waitFor();
    const seen = await page.evaluate(async () => {
      const loads = () => document.querySelector('[data-testid="progress"]') !== null;
      const frame = () => new Promise(done => requestAnimationFrame(done));
      const seen = { frames: 0, turned: [], mostFrames: 0, answers: 0 };
      // A page that is quick turns many tabs before the first events are there.
      while (loads() && seen.answers < 24) {
        const tabs = [...document.querySelectorAll('[role="tab"]')];
        const tab = tabs[(seen.turned.length + 1) % tabs.length];
        const answer = window.trailglass.count();
        tab.click();
        let frames = 0;
        do {
          await frame();
          frames += 1;
        } while (tab.getAttribute('aria-selected') !== 'true');
        seen.mostFrames = Math.max(seen.mostFrames, frames);
        seen.frames += frames;
        seen.answers += (await answer) > 0 && loads() ? 1 : 0;
        if (loads()) seen.turned.push(tab.dataset.tab);
      }
      return seen;
    });
    assert.ok(seen.turned.length >= 8, `each tab was opened twice during the load: ${JSON.stringify(seen)}`);
    assert.equal(new Set(seen.turned).size, 4);
    assert.ok(seen.mostFrames <= 2, `a click is answered by the next frame or the one after: ${JSON.stringify(seen)}`);
    assert.ok(seen.answers >= 8, JSON.stringify(seen));
    await idle(page);
    addsUp(await ask(page, 'report'));
  })(t);
});

test('a load that is put down reads nothing more until it is taken up again', async t => {
  const logs = sampleLogs(`${folder}/rested`, 400_000, { seed: 3 });
  await onPage(at, async page => {
    await dragAndDrop(page, logs);
    await part(page, 'pause').click();
    await page.waitForFunction(() => /Paused/.test(document.querySelector('[data-testid="progress"]')?.innerText ?? ''));
    // What readers were at is finished; then nothing moves.
    const read = async () => (await ask(page, 'report')).files.read;
    const frames = () => page.evaluate(async () => {
      for (let at = 0; at < 20; at += 1) await new Promise(done => requestAnimationFrame(done));
    });
    let before = -1;
    let now = await read();
    while (now !== before) {
      await frames();
      [before, now] = [now, await read()];
    }
    const rested = await ask(page, 'report');
    assert.ok(rested.files.read < rested.files.found, JSON.stringify(rested.files));
    assert.ok((await count(page)) <= rested.events.kept, 'and it can be asked meanwhile');
    await part(page, 'pause').click();
    await idle(page);
    const whole = await ask(page, 'report');
    addsUp(whole);
    assert.equal(whole.files.read, whole.files.found);
  })(t);
});
