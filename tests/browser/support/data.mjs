// What the tests drop: made by the project's own generator, by hand, or a folder of real logs.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { gzipSync } from 'node:zlib';

import { ROOT } from './harness.mjs';

/** A real bucket of 3,872 files, where it is at hand. */
export const REAL_LOGS = path.resolve(ROOT, '../shared/data/sans-504');
export const skipWithoutRealLogs = existsSync(REAL_LOGS) ? false : 'no real logs on this machine';

/** A folder that is gone after the tests of the file. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), 'trailglass-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes logs with the native generator; the folder holds files of `perFile` records. */
export function sampleLogs(folder, events, { perFile = 120, seed = 1 } = {}) {
  const args = [folder, '--events', events, '--per-file', perFile, '--seed', seed, '--gzip'].map(String);
  const built = process.env.SAMPLE_LOGS;
  const [command, ...first] = built
    ? [path.resolve(ROOT, built)]
    : ['cargo', 'run', '--quiet', '--release', '--example', 'sample-logs', '--'];
  const { status, error, stderr } = spawnSync(command, [...first, ...args], { cwd: ROOT, encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`sample-logs failed: ${error?.message ?? stderr}`);
  return folder;
}

/** A record that is as small as one can be and still be told apart. */
export const record = (number, fields = {}) => ({
  eventVersion: '1.08',
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLE',
    arn: 'arn:aws:iam::111122223333:user/test',
    accountId: '111122223333',
    userName: 'test',
  },
  eventTime: new Date(Date.UTC(2024, 0, 1) + number * 1000).toISOString().replace('.000', ''),
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '192.0.2.1',
  userAgent: 'test/1',
  requestParameters: null,
  responseElements: null,
  eventID: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  readOnly: true,
  eventType: 'AwsApiCall',
  managementEvent: false,
  recipientAccountId: '111122223333',
  eventCategory: 'Data',
  ...fields,
});

export const records = (from, to) => Array.from({ length: to - from }, (_, at) => record(from + at));

export const trail = list => JSON.stringify({ Records: list });

/** Writes files given as {name: text or bytes}. */
export function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** Gzip of 10 GB of zeros: many members of 64 MiB each, as a file of some 10 MB. */
export function writeBomb(file) {
  const size = 64 << 20;
  const member = gzipSync(Buffer.alloc(size), { level: 9 });
  const out = openSync(file, 'w');
  for (let written = 0; written < 10e9; written += size) writeSync(out, member);
  closeSync(out);
}

/** An image of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export { gzipSync };
