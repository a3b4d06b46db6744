// window.trailglass: every function from the console.

import assert from 'node:assert/strict';
import test from 'node:test';

import { gzipSync, record, records, sampleLogs, scratch, trail, write } from './support/data.mjs';
import { addsUp, ask, count, drop, idle, onPage, stage } from './support/harness.mjs';
import { total } from './support/screen.mjs';

const at = stage();
const folder = scratch();

/** Opens texts as files with these paths, from inside the page. */
const open = (page, files) =>
  page.evaluate(
    files =>
      window.trailglass.open(
        Object.entries(files).map(([path, text]) => ({ path, file: new File([text], path.split('/').at(-1)) })),
      ),
    files,
  );

const rejects = (page, name, call, args, hint) =>
  assert.rejects(ask(page, call, ...args), error => {
    assert.equal(error.name, name, `${call}(${JSON.stringify(args)}) said: ${error.message}`);
    assert.ok(error.message.length > 5, 'the message can be shown');
    if (hint) assert.match(error.message, hint);
    return true;
  });

const ERRORS = ['AccessDenied', null, 'NoSuchKey', null];
const some = records(0, 200).map((it, n) => ({
  ...it,
  eventName: ['GetObject', 'PutObject', 'ListBuckets'][n % 3],
  awsRegion: n % 2 ? 'eu-west-1' : 'us-east-1',
  userAgent: `agent-${n % 13}/1`,
  ...(ERRORS[n % 4] && { errorCode: ERRORS[n % 4] }),
  resources: [{ ARN: `arn:aws:s3:::bucket-${n % 5}` }, { ARN: 'arn:aws:s3:::all' }],
}));

test('before any data everything is zero', onPage(at, async page => {
  assert.equal(await page.evaluate(() => typeof window.trailglass.version), 'string');
  const report = await ask(page, 'report');
  assert.deepEqual(report.files, { found: 0, read: 0, skipped: 0, failed: 0 });
  assert.deepEqual(report.events, { read: 0, kept: 0, duplicates: 0, rejected: 0 });
  assert.deepEqual(report.bytes, { compressed: 0, json: 0 });
  assert.equal(report.timeRange, null);
  assert.deepEqual(report.problems, []);
  assert.equal(report.elapsedMs, 0);
  assert.equal(await count(page), 0);
  const empty = await ask(page, 'page');
  assert.deepEqual([empty.total, empty.rows, empty.ids], [0, [], []]);
  assert.equal((await ask(page, 'facet', { field: 'eventName' })).total, 0);
  assert.equal((await ask(page, 'group', { by: ['eventName'] })).total, 0);
  assert.deepEqual((await ask(page, 'histogram')).series.flatMap(it => it.counts).filter(Boolean), []);
  assert.deepEqual((await ask(page, 'insights')).incidents, []);
}));

test('open takes files with paths, and the page shows them', onPage(at, async page => {
  const report = await open(page, { 'a/b.json': trail(some.slice(0, 150)), 'c.json': trail(some.slice(100)) });
  addsUp(report);
  assert.deepEqual(report.events, { read: 250, kept: 200, duplicates: 50, rejected: 0 });
  assert.deepEqual(report.timeRange, { from: '2024-01-01T00:00:00Z', to: '2024-01-01T00:03:19Z' });
  assert.ok(report.elapsedMs > 0 && report.memoryBytes > 0 && report.bytes.json > 0);
  await idle(page);
  assert.equal(await total(page), 200);
  const files = await ask(page, 'facet', { field: 'file' });
  assert.deepEqual(files.values.map(it => it.value), ['a/b.json', 'c.json']);
  // And what the page opens the API knows.
  await drop(page, write(`${folder}/more`, { 'd.json': trail(records(200, 210)) }));
  assert.equal(await count(page), 210);
}));

test('open takes plain files and calls queue', onPage(at, async page => {
  const kept = await page.evaluate(async texts => {
    const opened = texts.map((text, n) => window.trailglass.open([new File([text], `f${n}.json`)]));
    return (await Promise.all(opened)).map(it => it.events.kept);
  }, [0, 1, 2].map(n => trail(records(n * 10, n * 10 + 10))));
  assert.deepEqual(kept, [10, 20, 30], 'reports are cumulative');
  await rejects(page, 'BadArgument', 'open', [42]);
}));

test('progress is told while files come in', async t => {
  const logs = sampleLogs(`${folder}/progress`, 50_000);
  const { filesBelow } = await import('./support/oracle.mjs');
  const { readFileSync } = await import('node:fs');
  const files = filesBelow(logs).map(it => [it.path, readFileSync(it.absolute).toString('base64')]);
  await onPage(at, async page => {
    const { told, report } = await page.evaluate(async files => {
      const told = [];
      const given = files.map(([path, text]) => ({ path, file: new File([Uint8Array.from(atob(text), it => it.charCodeAt(0))], 'x') }));
      const report = await window.trailglass.open(given, { onProgress: it => told.push(it) });
      return { told, report };
    }, files);
    assert.ok(told.length > 0, 'progress came');
    for (const it of told) {
      assert.deepEqual(Object.keys(it).sort(), ['bytesDone', 'bytesTotal', 'events', 'filesDone', 'filesTotal']);
      assert.ok(it.filesDone <= it.filesTotal && it.bytesDone <= it.bytesTotal, JSON.stringify(it));
    }
    assert.equal(told.at(-1).filesTotal, files.length);
    assert.equal(report.files.found, files.length);
  })(t);
});

test('aborting rejects with Cancelled and keeps what has arrived', async t => {
  const logs = sampleLogs(`${folder}/abort`, 200_000);
  const { filesBelow } = await import('./support/oracle.mjs');
  await onPage(at, async page => {
    const given = filesBelow(logs);
    await page.evaluate(() => {
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', multiple: true, id: 'given' });
      document.body.append(input);
    });
    await page.locator('#given').setInputFiles(given.map(it => it.absolute));
    const outcome = await page.evaluate(async () => {
      const abort = new AbortController();
      const opened = window.trailglass.open(document.querySelector('#given').files, {
        signal: abort.signal,
        onProgress: it => it.events > 10_000 && abort.abort(),
      });
      return opened.then(() => 'done', error => error.name);
    });
    assert.equal(outcome, 'Cancelled');
    const report = await ask(page, 'report');
    addsUp(report);
    assert.ok(report.files.skipped > 0, JSON.stringify(report.files));
    assert.equal(await count(page), report.events.kept);
    assert.equal(report.problems.filter(it => it.kind === 'cancelled').length, 1);
    const already = await page.evaluate(() => {
      const signal = AbortSignal.abort();
      return window.trailglass.open([new File(['{"Records":[]}'], 'x.json')], { signal }).then(() => 'done', error => error.name);
    });
    assert.equal(already, 'Cancelled');
    const after = await open(page, { 'later.json': trail(records(0, 5)) });
    assert.equal(after.events.kept, report.events.kept + 5);
  })(t);
});

test('files of a load that is aborted before its turn are told', onPage(at, async page => {
  const { names, files, problems } = await page.evaluate(async text => {
    const files = (folder, count) =>
      Array.from({ length: count }, (_, n) => ({ path: `${folder}/${n}.json`, file: new File([text], 'x.json') }));
    const { trailglass } = window;
    const told = promise => promise.then(() => 'done', error => error.name);
    const already = await told(trailglass.open(files('a', 4), { signal: AbortSignal.abort() }));
    const abort = new AbortController();
    const first = told(trailglass.open(files('b', 50)));
    const second = told(trailglass.open(files('c', 30), { signal: abort.signal }));
    abort.abort();
    const names = [already, await second, await first];
    return { names, ...(await trailglass.report()) };
  }, trail(some));
  assert.deepEqual(names, ['Cancelled', 'Cancelled', 'done']);
  assert.deepEqual(files, { found: 84, read: 50, skipped: 34, failed: 0 });
  assert.deepEqual(problems.map(it => [it.kind, it.message.match(/^\d+/)[0]]), [['cancelled', '4'], ['cancelled', '30']]);
  await idle(page);
  assert.match(await page.locator('[data-testid="summary"]').innerText(), /50/);
}));

test('close forgets everything, and the page begins anew', onPage(at, async page => {
  await open(page, { 'a.json': trail(some) });
  await ask(page, 'close');
  await idle(page);
  assert.equal(await count(page), 0);
  const report = await ask(page, 'report');
  assert.deepEqual(report.events, { read: 0, kept: 0, duplicates: 0, rejected: 0 });
  assert.equal(report.timeRange, null);
  await page.locator('[data-testid="drop-zone"]').waitFor();
  const again = await open(page, { 'a.json': trail(some) });
  assert.equal(again.events.kept, 200);
  // What is asked before is cancelled; what comes after, also at once, is answered of nothing.
  const answers = await page.evaluate(async () => {
    const told = promise => promise.then(it => it ?? 'done', error => `${error.name}: ${error.message}`);
    const { trailglass } = window;
    const before = [trailglass.count(), trailglass.insights(), trailglass.report()].map(told);
    const close = told(trailglass.close());
    const after = [told(trailglass.count()), told(trailglass.facet({ field: 'eventName' }).then(it => it.total))];
    return Promise.all([...before, close, ...after]);
  });
  const closed = 'Cancelled: everything was closed before this was answered';
  assert.deepEqual(answers, [closed, closed, closed, 'done', 0, 0]);
}));

test('wrong questions are rejected by name, with words for a person', onPage(at, async page => {
  await open(page, { 'a.json': trail(some) });
  await rejects(page, 'BadFilter', 'count', [{ filter: 'evntName:x' }], /eventName/);
  await rejects(page, 'BadFilter', 'count', [{ filter: '(eventName:x' }]);
  await rejects(page, 'BadFilter', 'count', [{ filter: 'eventName:x OR' }]);
  await rejects(page, 'BadFilter', 'count', [{ filter: 'requestParameters.bucketName:x' }], /requestParameters\.bucketName/);
  await rejects(page, 'BadFilter', 'count', [{ filter: 'eventTime>=yesterday' }]);
  await rejects(page, 'BadFilter', 'facet', [{ field: 'awsRegoin' }], /awsRegion/);
  await rejects(page, 'BadFilter', 'page', [{ columns: ['nope'] }]);
  await rejects(page, 'BadFilter', 'page', [{ sort: [{ column: 'nope' }] }]);
  await rejects(page, 'BadFilter', 'group', [{ by: ['nope'] }]);
  await rejects(page, 'BadArgument', 'page', [{ limit: 10_001 }]);
  await rejects(page, 'BadArgument', 'page', [{ offset: -1 }]);
  await rejects(page, 'BadArgument', 'group', [{ by: [] }]);
  await rejects(page, 'BadArgument', 'group', [{ by: ['eventName', 'awsRegion', 'service'] }]);
  await rejects(page, 'BadArgument', 'facet', [{}]);
  await rejects(page, 'BadArgument', 'count', [[]], /^the argument must be an object/);
  await rejects(page, 'BadArgument', 'count', [{ filter: 5 }], /^filter must be text/);
  await rejects(page, 'BadArgument', 'page', [{ columns: 'x' }], /^columns must be a list of fields/);
  await rejects(page, 'BadArgument', 'page', [{ sort: ['eventName'] }], /^sort must be a list, such as \[\{column/);
  await rejects(page, 'BadArgument', 'page', [{ limit: '5' }], /^limit must be a number/);
  await rejects(page, 'NotFound', 'event', [4_000_000]);
}));

test('page: columns, sorting by several, missing last, windows that fit together', onPage(at, async page => {
  await open(page, { 'a.json': trail(some) });
  const plain = await ask(page, 'page');
  assert.equal(plain.rows.length, 100, 'a hundred by default');
  assert.deepEqual(plain.columns, ['eventTime', 'eventName', 'eventSource', 'principal', 'sourceIPAddress', 'awsRegion', 'outcome']);
  assert.deepEqual(plain.rows[0], ['2024-01-01T00:03:19Z', 'PutObject', 's3.amazonaws.com', 'arn:aws:iam::111122223333:user/test', '192.0.2.1', 'eu-west-1', 'success']);

  const cells = await ask(page, 'page', { columns: ['READONLY', 'resources.arn', 'errorCode'], limit: 2 });
  assert.deepEqual(cells.columns, ['readOnly', 'resources.ARN', 'errorCode'], 'answers in CloudTrail\'s spelling');
  assert.deepEqual(cells.rows[0], [true, ['arn:aws:s3:::bucket-4', 'arn:aws:s3:::all'], null]);

  const sort = [{ column: 'eventName' }, { column: 'awsRegion', descending: true }];
  const sorted = await ask(page, 'page', { sort, columns: ['eventName', 'awsRegion'], limit: 200 });
  const wanted = some
    .map(it => [it.eventName, it.awsRegion])
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? 1 : a[1] > b[1] ? -1 : 0));
  assert.deepEqual(sorted.rows, wanted);

  for (const descending of [false, true]) {
    const codes = await ask(page, 'page', { sort: [{ column: 'errorCode', descending }], columns: ['errorCode'], limit: 200 });
    const present = codes.rows.flat().filter(it => it !== null);
    assert.deepEqual(codes.rows.flat().slice(0, 100), present, 'missing ones are last');
    assert.equal(present[0], descending ? 'NoSuchKey' : 'AccessDenied');
  }

  const ids = (await ask(page, 'page', { limit: 200 })).ids;
  const windows = [];
  for (let offset = 0; offset < 200; offset += 30) windows.push(...(await ask(page, 'page', { offset, limit: 30 })).ids);
  assert.deepEqual(windows, ids);
  assert.equal(new Set(ids).size, 200);
}));

test('facet, group and histogram by their definitions', onPage(at, async page => {
  await open(page, { 'a.json': trail(some) });
  const facet = await ask(page, 'facet', { field: 'resources.ARN', limit: 2 });
  assert.deepEqual([facet.total, facet.distinct, facet.missing], [200, 6, 0]);
  assert.deepEqual(facet.values, [{ value: 'arn:aws:s3:::all', count: 200 }, { value: 'arn:aws:s3:::bucket-0', count: 40 }]);
  const errors = await ask(page, 'facet', { field: 'errorcode', filter: 'awsRegion:us-east-1' });
  assert.deepEqual([errors.total, errors.missing], [100, 0]);

  const group = await ask(page, 'group', { by: ['awsRegion', 'outcome'], sort: [{ column: 'errorShare', descending: true }, ] });
  assert.equal(group.total, 3);
  assert.deepEqual(group.columns, ['awsRegion', 'outcome', 'count', 'principals', 'first', 'last', 'errorShare']);
  assert.deepEqual(group.rows.map(it => it.at(-1)), [1, 1, 0]);
  const limited = await ask(page, 'group', { by: ['eventID'], limit: 7 });
  assert.deepEqual([limited.total, limited.rows.length], [200, 7]);

  for (const buckets of [1, 7, 60, 500]) {
    const { start, step, series } = await ask(page, 'histogram', { buckets, split: 'eventName' });
    assert.ok(series.every(it => it.counts.length <= buckets), `at most ${buckets}`);
    assert.equal(Date.parse(start) % (step * 1000), 0, 'aligned to the epoch');
    assert.equal(series.flatMap(it => it.counts).reduce((a, b) => a + b, 0), 200);
    assert.deepEqual(series.map(it => it.value).sort(), ['GetObject', 'ListBuckets', 'PutObject']);
  }
  const { series } = await ask(page, 'histogram', { split: 'errorCode' });
  assert.ok(series.some(it => it.value === null), 'events without the field are a series of their own');
  const many = await ask(page, 'histogram', { split: 'userAgent' });
  assert.equal(many.series.length, 11, 'ten values and the rest');
  assert.equal(many.series.at(-1).value, '…other');
}));

test('event gives the record byte for byte as it stands in its file', onPage(at, async page => {
  const one = '{  "eventVersion" : "1.08",\n\t"eventID":"aaaaaaaa-0000-4000-8000-000000000001", "eventTime":"2024-02-01T00:00:00Z",\n "recipientAccountId":"1", "requestParameters":{"z":1.0,"a":12345678901234567890,"text":"\\u00e9 é 😀 \\/","dup":1,"dup":2}}';
  const two = '{"eventID":"aaaaaaaa-0000-4000-8000-000000000002","eventTime":"2024-02-02T00:00:00Z","recipientAccountId":"1","eventName":"Two"}';
  const text = `{ "Records" : [ ${one} ,\r\n${two} ] }\n`;
  const packed = Buffer.concat([gzipSync(text.slice(0, 77)), gzipSync(text.slice(77))]);
  await drop(page, write(`${folder}/bytes`, { 'packed.json.gz': packed }));
  const { ids } = await ask(page, 'page');
  const [newest, oldest] = [await ask(page, 'event', ids[0]), await ask(page, 'event', ids[1])];
  assert.equal(newest.text, two);
  assert.equal(oldest.text, one);
  assert.deepEqual(newest.record, JSON.parse(two));
  assert.deepEqual(oldest.record, JSON.parse(one));
  assert.equal(oldest.file, 'bytes/packed.json.gz');
  // What JSON does not allow is text in the record.
  const odd = '{"eventTime":"2024-02-03T00:00:00Z","eventName":"line\nbreak \\q","requestParameters":[007,1-2,7]}';
  await drop(page, write(`${folder}/odd`, { 'odd.json': `{"Records":[${odd}]}` }));
  const kept = await ask(page, 'event', (await ask(page, 'page')).ids[0]);
  assert.equal(kept.text, odd);
  assert.deepEqual([kept.record.eventName, kept.record.requestParameters], ['line\nbreak \\q', ['007', '1-2', 7]]);
}));

test('ids stay what they are when more is opened', onPage(at, async page => {
  await open(page, { 'b.json': trail(some) });
  const { ids, rows } = await ask(page, 'page', { columns: ['eventID'], limit: 50 });
  // Newer, older and equal events; the equal ones stand in a file that sorts first.
  await open(page, { 'a.json': trail([...records(500, 600), ...some.slice(0, 100), record(-5)]) });
  for (const at of [0, 17, 49]) {
    const event = await ask(page, 'event', ids[at]);
    assert.equal(event.record.eventID, rows[at][0]);
  }
}));

test('insights have the documented shape', onPage(at, async page => {
  const burst = Array.from({ length: 600 }, (_, n) => record(n, {
    eventTime: new Date(Date.UTC(2024, 0, 3, 12) + n * 300).toISOString().replace(/\.\d+/, ''),
    eventName: 'GetObject',
  }));
  const calm = Array.from({ length: 300 }, (_, n) => record(10_000 + n, {
    eventTime: new Date(Date.UTC(2024, 0, 1) + n * 1_440_000).toISOString().replace(/\.\d+/, ''),
    eventName: 'GetObject',
  }));
  await open(page, { 'a.json': trail([...calm, ...burst]) });
  const { tested, incidents } = await ask(page, 'insights');
  assert.ok(tested.series > 0 && Array.isArray(tested.levels));
  const [first] = incidents;
  assert.equal(typeof first.id, 'string');
  assert.equal(first.titleKind, 'burst');
  assert.ok(first.title.length > 0 && first.e >= 0.5);
  assert.ok(['info', 'low', 'medium', 'high', 'critical'].includes(first.tier));
  assert.match(first.start, /^2024-01-03T1[12]:/);
  assert.ok(first.insights[0].insight.count >= 500);
  assert.equal(first.insights[0].key.eventSource, 's3.amazonaws.com');
  assert.deepEqual((await ask(page, 'insights')).incidents.map(it => it.id), incidents.map(it => it.id));
  assert.deepEqual((await ask(page, 'insights', { filter: 'eventName:Nothing' })).incidents, []);
}));

test('the declarations lie beside the page', onPage(at, async page => {
  const text = await page.evaluate(() => fetch('trailglass.d.ts').then(it => it.text()));
  for (const name of ['open', 'report', 'close', 'count', 'page', 'facet', 'group', 'histogram', 'event', 'insights']) {
    assert.match(text, new RegExp(`\\b${name}\\(`), name);
    assert.equal(await page.evaluate(name => typeof window.trailglass[name], name), 'function', name);
  }
}));
