// Where the npm packages lie: in the cache that scripts/setup.sh fills, or beside the tests.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';

const cache =
  process.env.TRAILGLASS_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'trailglass');

const folder = [
  process.env.TRAILGLASS_NODE,
  path.join(cache, 'node'),
  path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..'),
].find(it => it && existsSync(path.join(it, 'node_modules', 'playwright-core')));

if (!folder) {
  throw new Error('the packages of the browser tests are missing: run scripts/setup.sh test');
}

const require = createRequire(path.join(folder, 'package.json'));

export const { chromium } = require('playwright-core');

/** The text of axe-core's script, to be run in a page. */
export const axeSource = () => require('axe-core').source;
