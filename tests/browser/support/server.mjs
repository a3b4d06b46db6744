// A static host as plain as they come: files below a sub-path, no headers but the type.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Serves a folder below `base`. `requests` grows with the path of each request; another `folder`
 * may be set at any time, as when a new build is put up.
 */
export async function serve(folder, base = '/some/where/') {
  const requests = [];
  const host = { folder: path.resolve(folder), requests };
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    requests.push(url.pathname);
    const missing = () => {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('no such file');
    };
    if (!url.pathname.startsWith(base)) return missing();
    const name = decodeURIComponent(url.pathname.slice(base.length)) || 'index.html';
    const file = path.join(host.folder, name);
    const inside = file.startsWith(host.folder + path.sep);
    const stats = inside && statSync(file, { throwIfNoEntry: false });
    if (!stats || !stats.isFile()) return missing();
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'content-length': stats.size,
      // The browser's own cache must not hide what the service worker has to do.
      'cache-control': 'no-store',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  host.url = `http://127.0.0.1:${port}${base}`;
  host.close = () =>
    new Promise(done => {
      server.close(done);
      server.closeAllConnections();
    });
  return host;
}
