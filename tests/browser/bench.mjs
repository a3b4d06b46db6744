// What `make bench` measures, in headless Chromium: how fast a folder is loaded, how fast the
// questions of a screen are answered, how large the programs are. Prints tables and writes
// bench-results.json.
//
//   LOGS=folder     measures this folder instead of the generated ones
//   ONLY=120        of the generated ones, only those whose name has this
//   REPEATS=20      how often each question is asked, each time with another filter
//   DIST=dist       the build that is measured

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { record, sampleLogs, trail, write } from './support/data.mjs';
import { DIST, ROOT, ask, drop, idle, launch, openPage } from './support/harness.mjs';
import { buildRivals, rivalPackages, runRival } from './support/rivals.mjs';
import { facetValues, filterBox } from './support/screen.mjs';
import { serve } from './support/server.mjs';

/** What is generated: events, events a file, and whether it is compared with the rivals. */
const GENERATED = [
  [500_000, 1000, true],
  [500_000, 120, true],
  [250_000, 5, false],
  [1_000_000, 1000, false],
  [2_000_000, 1000, true],
  [2_000_000, 120, true],
  [5_000_000, 1000, false],
];
const REPEATS = Number(process.env.REPEATS ?? 20);
const FACETS = ['service', 'eventName', 'principal', 'outcome', 'errorCode', 'sourceIPAddress', 'awsRegion', 'userAgent'];

if (!existsSync(path.join(DIST, 'index.html'))) {
  console.error(`nothing is built in ${DIST}: run make build`);
  process.exit(2);
}

/** The value at a share of the sorted list. */
const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(share * list.length) - 1)];
const median = list => quantile(list, 0.5);
const millis = it => Math.round(it * 10) / 10;

/** Every file below a folder, and their size on the disk. */
function weigh(folder) {
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    bytes += statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size;
  }
  return { files, bytes };
}

/** Collects the long tasks of the page from now on; `blocked()` gives the longest. */
const watchBlocking = page =>
  page.evaluate(() => {
    window.__long = [];
    window.__observer?.disconnect();
    window.__observer = new PerformanceObserver(list => window.__long.push(...list.getEntries().map(it => it.duration)));
    window.__observer.observe({ type: 'longtask', buffered: false });
  });
const blocked = page => page.evaluate(() => (window.__observer.takeRecords().forEach(it => window.__long.push(it.duration)), window.__long));

/** As many filters as are asked for, all different, made of values that the log has. */
async function filters(page) {
  const values = async (field, limit) => (await ask(page, 'facet', { field, limit })).values.map(it => it.value);
  const quoted = it => `"${it.replace(/["\\*]/g, '\\$&')}"`;
  const list = ['outcome:denied', '-outcome:success', 'readOnly:false', 'eventName:Get*', 'NOT errorCode:*', 'amazonaws'];
  for (const field of ['eventName', 'service', 'principal', 'sourceIPAddress', 'awsRegion', 'userAgent']) {
    for (const value of await values(field, 8)) list.push(`${field}:${quoted(value)}`);
  }
  const mixed = list.slice(6).map((it, at) => (at % 3 === 0 ? `${it} -outcome:success` : at % 3 === 1 ? it : `${it} OR eventName:List*`));
  return [...new Set([...list.slice(0, 6), ...mixed])];
}

/** The times of one kind of question, measured in the page. */
const timed = (page, name, questions) =>
  page.evaluate(
    async ([name, questions]) => {
      const times = [];
      for (const group of questions) {
        const began = performance.now();
        await Promise.all(group.map(it => window.trailglass[name](it)));
        times.push(performance.now() - began);
      }
      return times;
    },
    [name, questions],
  );

/** From a typed filter to the whole new screen: count, timeline, facets and table. */
const timedScreen = (page, texts) =>
  page.evaluate(async texts => {
    const input = document.querySelector('[data-testid="filter"]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const task = () => new Promise(done => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
    const times = [];
    for (const text of texts) {
      while (document.body.dataset.busy !== '0') await task();
      const began = performance.now();
      set.call(input, text);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await task();
      while (document.body.dataset.busy !== '0') await task();
      times.push(performance.now() - began);
    }
    return times;
  }, texts);

async function measure(name, folder, server, rivals) {
  const browser = await launch();
  try {
    const page = await openPage(browser, server);
    await watchBlocking(page);
    const began = Date.now();
    await drop(page, folder, 30 * 60_000);
    const wall = (Date.now() - began) / 1000;
    const long = await blocked(page);
    const report = await ask(page, 'report');
    const seconds = report.elapsedMs / 1000;
    const memory = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
    const load = {
      files: report.files.found,
      events: report.events.read,
      kept: report.events.kept,
      compressedMB: report.bytes.compressed / 1e6,
      jsonMB: report.bytes.json / 1e6,
      seconds,
      wallSeconds: wall,
      eventsPerSecond: report.events.read / seconds,
      jsonMBPerSecond: report.bytes.json / 1e6 / seconds,
      engineBytes: report.memoryBytes,
      engineBytesPerEvent: report.memoryBytes / report.events.kept,
      pageHeapBytes: memory,
      longestTaskMs: Math.max(0, ...long),
      longTasks: long.length,
      problems: report.problems.length,
    };

    const all = await filters(page);
    const some = Array.from({ length: REPEATS }, (_, at) => all[at % all.length]);
    // The first of each kind makes what is kept; it is told apart.
    const questions = {
      count: some.map(filter => [{ filter }]),
      'facet × 8': some.map(filter => FACETS.map(field => ({ field, filter }))),
      histogram: some.map(filter => [{ filter, buckets: 120, split: 'outcome' }]),
      page: some.map(filter => [{ filter, limit: 240 }]),
      group: some.slice(0, Math.ceil(REPEATS / 2)).map(filter => [{ filter, by: ['principal', 'eventName'], limit: 200 }]),
    };
    const calls = { count: 'count', 'facet × 8': 'facet', histogram: 'histogram', page: 'page', group: 'group' };
    const times = {};
    for (const [kind, list] of Object.entries(questions)) {
      await timed(page, calls[kind], [list.at(-1).map(it => ({ ...it, filter: '' }))]);
      times[kind] = await timed(page, calls[kind], list);
    }
    await idle(page);
    await filterBox(page).waitFor();
    await timedScreen(page, ['-eventName:x', '']);
    times['whole screen'] = await timedScreen(page, [...some, '']);
    if ((await facetValues(page, 'outcome')).length === 0) throw new Error('the page shows no facets');
    // Nobody asked for so little before, so that all is judged anew, over rows that are counted.
    const [judged] = await timed(page, 'insights', [[{ threshold: -1e-6 }]]);
    // One file more: only what it touches is counted anew, and all is judged anew.
    const more = path.join(scratch, 'more');
    const { from } = report.timeRange;
    write(more, { 'more.json': trail([record(0, { eventTime: from })]) });
    const addedAt = Date.now();
    await drop(page, more, 30 * 60_000);
    const added = Date.now() - addedAt;
    const after = await ask(page, 'report');
    await page.close();
    return {
      name,
      load,
      rivals: rivals ? { limit: await runRival(rivals, 'limit', folder), duck: await runRival(rivals, 'duck', folder) } : null,
      questions: Object.fromEntries(
        Object.entries(times).map(([kind, list]) => [
          kind,
          { times: list.length, median: millis(median(list)), p95: millis(quantile(list, 0.95)), most: millis(Math.max(...list)) },
        ]),
      ),
      judged,
      added,
      engineBytesAfter: after.memoryBytes,
      faults: page.faults,
    };
  } finally {
    await browser.close();
  }
}

/** The programs as they are served, and as a host with brotli would send them. */
function sizes() {
  const program = name => {
    const parts = [`${name}.js`, `${name}_bg.wasm`].map(it => path.join(DIST, it)).filter(it => existsSync(it));
    const raw = parts.map(it => readFileSync(it));
    const squeeze = it =>
      brotliCompressSync(it, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: it.length },
      }).length;
    return { raw: raw.reduce((sum, it) => sum + it.length, 0), brotli: raw.reduce((sum, it) => sum + squeeze(it), 0) };
  };
  return { app: program('app'), engine: program('engine'), reader: program('reader') };
}

/** From the address to the first paint, and to an engine that answers. */
async function start(server) {
  const browser = await launch();
  try {
    const runs = [];
    for (let run = 0; run < 5; run += 1) {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      const page = await openPage(browser, server, { context, ready: false });
      await page.waitForFunction(() => window.trailglass !== undefined);
      runs.push(
        await page.evaluate(async () => {
          await window.trailglass.ready;
          const engine = performance.now();
          const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN;
          return { paint, engine };
        }),
      );
      await context.close();
    }
    return { firstPaintMs: millis(median(runs.map(it => it.paint))), engineReadyMs: millis(median(runs.map(it => it.engine))) };
  } finally {
    await browser.close();
  }
}

const grouped = (it, digits = 0) => it.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

function table(head, rows) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map(row => String(row[at]).length)));
  const line = row => `| ${row.map((cell, at) => (at === 0 ? String(cell).padEnd(widths[at]) : String(cell).padStart(widths[at]))).join(' | ')} |`;
  const rule = `| ${widths.map((it, at) => (at === 0 ? '-'.repeat(it) : `${'-'.repeat(it - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const scratch = mkdtempSync(path.join(tmpdir(), 'trailglass-bench-'));
const server = await serve(DIST);
try {
  const results = {
    machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, memoryGB: Math.round(totalmem() / 1e9) },
    browser: await launch().then(async it => {
      const version = `Chromium ${it.version()}`;
      await it.close();
      return version;
    }),
    start: await start(server),
    sizes: sizes(),
    logs: [],
  };
  const packages = rivalPackages();
  const site = packages && path.join(scratch, 'rivals');
  if (packages) buildRivals(site, packages);
  else console.error('the rivals are not installed (scripts/setup.sh bench): they are left out');
  const inputs = process.env.LOGS
    ? [[path.basename(path.resolve(process.env.LOGS)), () => path.resolve(process.env.LOGS), true]]
    : GENERATED.map(([events, perFile, compared]) => [
        `${grouped(events)} events, ${grouped(perFile)} a file`,
        () => sampleLogs(path.join(scratch, `${events}-by-${perFile}`), events, { perFile }),
        compared,
      ]).filter(([name]) => name.includes(process.env.ONLY ?? ''));
  for (const [name, make, compared] of inputs) {
    const folder = make();
    const { files, bytes } = weigh(folder);
    // What was just written is still on its way to the disk, which would be measured too.
    execFileSync('sync');
    console.error(`measuring ${name}: ${grouped(files)} files, ${grouped(bytes / 1e6)} MB …`);
    results.logs.push(await measure(name, folder, server, compared && site));
    if (!process.env.LOGS) rmSync(folder, { recursive: true, force: true });
  }

  const { machine } = results;
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB; ${results.browser}\n`);
  const loads = results.logs.map(({ name, load }) => [
    name,
    grouped(load.files),
    grouped(load.events),
    grouped(load.seconds, 2),
    grouped(load.eventsPerSecond),
    grouped(load.jsonMBPerSecond),
    grouped(load.engineBytesPerEvent),
    grouped(load.longestTaskMs),
  ]);
  console.log(table(['load', 'files', 'events', 'seconds', 'events/s', 'MB JSON/s', 'engine bytes/event', 'longest task, ms'], loads));
  const compared = results.logs.filter(it => it.rivals).map(({ name, load, rivals: { limit, duck } }) => [
    name,
    grouped(load.seconds, 2),
    grouped(limit.seconds, 2),
    `${grouped((100 * limit.seconds) / load.seconds)} %`,
    grouped(duck.seconds, 2),
    `${grouped(duck.seconds / load.seconds, 1)} ×`,
  ]);
  if (compared.length > 0) {
    const head = ['load beside its rivals', 's', 'parse limit, s', 'of the limit', 'DuckDB-WASM, s', 'as long'];
    console.log(`\n${table(head, compared)}`);
  }
  // What is unusual is asked for by the page itself, as soon as a load is over.
  const unusual = results.logs.map(({ name, load, judged, added }) => [
    name,
    grouped(load.kept),
    grouped((load.wallSeconds - load.seconds) * 1000),
    grouped(judged),
    grouped(added),
  ]);
  const rest = ['first screen and what is unusual', 'events', 'ms after the load', 'ms to judge anew', 'ms for one file more'];
  console.log(`\n${table(rest, unusual)}`);
  for (const { name, questions, faults } of results.logs) {
    const rows = Object.entries(questions).map(([kind, it]) => [kind, it.times, it.median, it.p95, it.most]);
    console.log(`\n${table([`questions, ${name}`, 'times', 'median ms', 'p95 ms', 'most ms'], rows)}`);
    if (faults.length > 0) console.log(`the page complained: ${faults.slice(0, 5).join('; ')}`);
  }
  const programs = Object.entries(results.sizes).map(([name, it]) => [name, grouped(it.raw), grouped(it.brotli)]);
  console.log(`\n${table(['program', 'bytes', 'brotli'], programs)}`);
  console.log(`\nfirst paint ${results.start.firstPaintMs} ms, engine ready ${results.start.engineReadyMs} ms`);
  writeFileSync(path.join(ROOT, 'bench-results.json'), `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await server.close();
  rmSync(scratch, { recursive: true, force: true });
}
