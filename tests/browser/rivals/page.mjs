// The page of the rivals: takes files from an input and runs one of them over all, on two workers.

import * as duckdb from '@duckdb/duckdb-wasm';

const WORKERS = Math.max(1, Math.min(8, navigator.hardwareConcurrency));
const GROUP_FILES = 256;
const GROUP_BYTES = 16 << 20;

/** Files in groups that are read at once. */
function grouped(files) {
  const groups = [];
  let bytes = Infinity;
  for (const file of files) {
    if (bytes + file.size > GROUP_BYTES || groups.at(-1).length >= GROUP_FILES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1).push(file);
    bytes += file.size;
  }
  return groups;
}

/** Deals out all files to workers; `take` gets each answer. */
async function deal(script, hello, files, take) {
  const groups = grouped(files);
  const workers = Array.from({ length: WORKERS }, () => new Worker(script));
  await Promise.all(workers.map(worker => new Promise(done => {
    worker.onmessage = done;
    worker.postMessage(hello);
  })));
  const began = performance.now();
  await Promise.all(workers.map(async worker => {
    // Two groups lie with a worker at any time, so that it never waits for the page.
    const waiting = [];
    worker.onmessage = ({ data }) => waiting.shift()(data);
    const next = () => {
      const group = groups.shift();
      if (!group) return undefined;
      worker.postMessage(group);
      return new Promise(done => waiting.push(done));
    };
    const under = [next(), next()];
    while (under[0]) {
      await take(await under.shift());
      under.push(next());
    }
  }));
  const seconds = (performance.now() - began) / 1000;
  workers.forEach(it => it.terminate());
  return seconds;
}

/** Only reading, inflating and parsing. */
async function limit(files) {
  let events = 0;
  let jsonBytes = 0;
  const module = await WebAssembly.compileStreaming(fetch('limit.wasm'));
  const seconds = await deal('limit.js', module, files, it => {
    events += it.events;
    jsonBytes += it.jsonBytes;
  });
  return { events, jsonBytes, seconds };
}

/** As an application would that works offline: the browser inflates and parses, Arrow carries. */
async function duck(files) {
  const worker = new Worker('duckdb-browser-eh.worker.js');
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate('duckdb-eh.wasm');
  const connection = await database.connect();
  let create = true;
  let last = Promise.resolve();
  const seconds = await deal('arrow.js', null, files, async ({ bytes }) => {
    const options = { name: 'events', create };
    create = false;
    // One insert after the other: the table is made by the first.
    last = last.then(() => connection.insertArrowFromIPCStream(bytes, options));
    await last;
  });
  const rows = await connection.query('SELECT count(*)::INTEGER AS n, count(DISTINCT principalArn)::INTEGER AS d FROM events');
  const { n } = rows.toArray()[0];
  const counted = performance.now();
  await connection.query(`SELECT eventName, count(*) FROM events WHERE errorCode = 'AccessDenied' GROUP BY 1 ORDER BY 2 DESC`);
  const questionMs = performance.now() - counted;
  await connection.close();
  await database.terminate();
  return { events: n, seconds, questionMs };
}

window.rivals = { limit, duck };
