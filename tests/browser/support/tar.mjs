// A large tar.gz, made in no time.

import { randomBytes } from 'node:crypto';

import { gzipSync, record } from './data.mjs';

/** A header of tar. */
function header(name, bytes) {
  const head = Buffer.alloc(512);
  head.write(name);
  head.write('0000644\0', 100);
  head.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  head.write('ustar\0' + '00', 257);
  head.write('0', 156);
  head.fill(' ', 148, 156);
  head.write(`${head.reduce((sum, it) => sum + it, 0).toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}

/** A tar.gz of so many logs of one event and a megabyte, of members that are packed one by one. */
export function largeTar(files) {
  const text = randomBytes(8192).toString('hex').repeat(64);
  const rest = `","pad":"${text}"}]}`;
  const start = number => `{"Records":[${JSON.stringify(record(number)).slice(0, -2)}`;
  const size = start(0).length + rest.length;
  const common = gzipSync(Buffer.concat([Buffer.from(rest), Buffer.alloc((512 - (size % 512)) % 512)]));
  const parts = Array.from({ length: files }, (_, it) => [
    gzipSync(Buffer.concat([header(`logs/${it}.json`, size), Buffer.from(start(it))])),
    common,
  ]);
  return Buffer.concat([...parts.flat(), gzipSync(Buffer.alloc(1024))]);
}
