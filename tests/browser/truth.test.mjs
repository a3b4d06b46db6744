// The truth about what was loaded: holes in the map, and the chain of digests.

import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { gzipSync, record, records, scratch, trail, write } from './support/data.mjs';
import { busyWhile, count, drop, idle, onPage, picture, stage } from './support/harness.mjs';
import { accessible, openTab, part } from './support/screen.mjs';

const at = stage();
const folder = scratch();
const ACCOUNT = '111122223333';

/** A day of events in one region, one each quarter of an hour, in a file an hour as S3 holds them. */
function day(region, number, { first = 0 } = {}) {
  const files = {};
  for (let hour = 0; hour < 24; hour += 1) {
    const events = [0, 15, 30, 45].map((minute, n) =>
      record(first + hour * 4 + n, {
        eventTime: new Date(Date.UTC(2024, 0, number, hour, minute)).toISOString().replace('.000', ''),
        eventID: `${region}-${number}-${hour}-${minute}`,
        awsRegion: region,
      }));
    const dd = String(number).padStart(2, '0');
    const stamp = `202401${dd}T${String(hour).padStart(2, '0')}50Z`;
    const key = `AWSLogs/${ACCOUNT}/CloudTrail/${region}/2024/01/${dd}/${ACCOUNT}_CloudTrail_${region}_${stamp}_abcdefghijklmnop.json.gz`;
    files[key] = gzipSync(trail(events));
  }
  return files;
}

const cells = page =>
  part(page, 'coverage-row').evaluateAll(rows =>
    rows.map(row => ({
      name: row.innerText.trim(),
      states: [...row.querySelectorAll('[data-testid="coverage-cell"]')].map(it => it.dataset.state),
      events: [...row.querySelectorAll('[data-testid="coverage-cell"]')].map(it => Number(it.dataset.events)),
    })));

/** Eight days in two regions, the fifth of one of them missing. */
const bucket = () => {
  const files = {};
  for (let number = 1; number <= 8; number += 1) {
    Object.assign(files, day('eu-west-1', number));
    if (number !== 5) Object.assign(files, day('us-east-1', number));
  }
  return files;
};

test('a missing day is a hole, and a click shows the events of a day', onPage(at, async page => {
  await drop(page, write(`${folder}/holes`, bucket()));
  await openTab(page, /Files/);
  await part(page, 'coverage-row').first().waitFor();
  const rows = await cells(page);
  assert.deepEqual(rows.map(it => it.name), [`${ACCOUNT} eu-west-1`, `${ACCOUNT} us-east-1`]);
  assert.deepEqual(rows[0].states, Array(8).fill('loaded'));
  assert.equal(rows[1].states[4], 'hole');
  assert.equal(rows[1].states.filter(it => it === 'loaded').length, 7);
  assert.deepEqual(rows[0].events, Array(8).fill(96));
  assert.equal(await part(page, 'hole').count(), 1);
  assert.match(await part(page, 'hole').innerText(), /2024-01-0[45].*us-east-1/s);
  const title = await part(page, 'coverage-cell').nth(0).getAttribute('title');
  assert.match(title, /2024-01-01: 96 events, 24 files/);
  for (const width of [1440, 800, 420]) {
    await page.setViewportSize({ width, height: 900 });
    await part(page, 'coverage').scrollIntoViewIfNeeded();
    await picture(page, `coverage ${width}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  // By keyboard: two days on, one region down.
  await page.locator('.heat-grid').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  await picture(page, 'coverage cursor');
  await busyWhile(page, () => page.keyboard.press('Enter'));
  await part(page, 'table').waitFor();
  assert.equal(Number(await part(page, 'table').getAttribute('data-total')), 96);
  const filter = await part(page, 'filter').inputValue();
  assert.match(filter, /awsRegion:us-east-1/);
  assert.equal(await count(page, filter), 7 * 96);
  // The day that was clicked is drawn by the hour.
  await openTab(page, /Files/);
  await part(page, 'coverage-row').first().waitFor();
  assert.deepEqual((await cells(page)).map(it => it.states.length), [24, 24]);
}));

for (const [name, options] of Object.entries({ dark: { colorScheme: 'dark' }, korean: { locale: 'ko-KR' } })) {
  test(`the map in ${name}`, onPage(at, async page => {
    await drop(page, write(`${folder}/${name}`, bucket()));
    await page.locator('[data-tab="files"]').click();
    await idle(page);
    await part(page, 'coverage-row').first().waitFor();
    await part(page, 'coverage').scrollIntoViewIfNeeded();
    await accessible(page, 'map');
  }, options));
}

test('problems are saved as a table', onPage(at, async page => {
  await drop(page, write(`${folder}/problems`, { ...day('eu-west-1', 1), '=evil.json': 'no json' }));
  await openTab(page, /Files/);
  const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'problems-csv').click()]);
  assert.equal(download.suggestedFilename(), 'trailglass-problems.csv');
  const [head, ...lines] = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n');
  assert.equal(head, 'kind,path,record,byte,message');
  assert.ok(lines.some(it => it.startsWith('not-cloudtrail,problems/=evil.json,')), lines.join('\n'));
}));

/** Opens the list of what came more than once; its pairs of files, as they stand there. */
async function duplicatePairs(page) {
  await openTab(page, /Files/);
  await part(page, 'duplicates').locator('summary').click();
  const texts = await part(page, 'duplicate-pair').allInnerTexts();
  return texts.map(it => it.split(/\s*\n\s*/));
}

test('what came twice is told by its two files, and both records can be read', onPage(at, async page => {
  const other = record(1, { userAgent: '<b>somebody</b> else', requestParameters: { bucketName: 'x' } });
  await drop(page, write(`${folder}/twice`, {
    'a.json': trail([record(0), record(1), record(2)]),
    'b/<img src=x>.json.gz': gzipSync(trail([record(2), record(0)])),
    'c.json': trail([other]),
  }));
  assert.deepEqual(await duplicatePairs(page), [
    ['In', 'twice/a.json', 'And in', 'twice/c.json', '0', '1'],
    ['Kept in', 'twice/a.json', 'Also in', 'twice/b/<img src=x>.json.gz', '2', '0'],
  ]);
  const pair = name => part(page, 'duplicate-pair').filter({ hasText: name });
  // The same content: in the order of the second file.
  await busyWhile(page, () => pair('<img').locator('button').first().click());
  const events = part(page, 'duplicate');
  assert.deepEqual(await events.evaluateAll(all => all.map(it => it.dataset.kind)), ['same', 'same']);
  assert.match(await events.first().innerText(), /2024-01-01 00:00:02.*GetObject.*000000000002/s);
  await busyWhile(page, () => events.first().getByRole('button', { name: 'Compare' }).click());
  const compared = part(page, 'compared');
  assert.match(await compared.innerText(), /Both records say the same/);
  const raw = compared.locator('pre');
  assert.deepEqual(await raw.allInnerTexts(), Array(2).fill(JSON.stringify(record(2))), 'byte for byte');
  // Other content: where it differs.
  await busyWhile(page, () => pair('c.json').locator('button').first().click());
  assert.equal(await events.count(), 1, 'one pair is open');
  await busyWhile(page, () => events.getByRole('button', { name: 'Compare' }).click());
  const differ = await compared.locator('tbody tr').allInnerTexts();
  assert.deepEqual(differ.map(it => it.split('\t').map(cell => cell.trim())), [
    ['requestParameters', 'null', ''],
    ['requestParameters.bucketName', '', '"x"'],
    ['userAgent', '"test/1"', '"<b>somebody</b> else"'],
  ]);
  for (const width of [1440, 420]) {
    await page.setViewportSize({ width, height: 900 });
    await part(page, 'duplicates').scrollIntoViewIfNeeded();
    await picture(page, `duplicates ${width}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${width}`);
  }
  await accessible(page, 'duplicates compared');
  await page.setViewportSize({ width: 1440, height: 900 });
  const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'duplicates-csv').click()]);
  assert.equal(download.suggestedFilename(), 'trailglass-duplicates.csv');
  assert.equal(
    readFileSync(await download.path(), 'utf8'),
    'first_path,second_path,duplicates,contradictions\r\ntwice/a.json,twice/c.json,0,1\r\ntwice/a.json,twice/b/<img src=x>.json.gz,2,0\r\n',
  );
  // Both are events: the table shows them.
  await busyWhile(page, () => events.getByRole('button', { name: /0{11}1$/ }).click());
  assert.equal(Number(await part(page, 'table').getAttribute('data-total')), 2);
}));

test('a long list of what came twice goes page by page', onPage(at, async page => {
  const files = {};
  for (let number = 0; number < 30; number += 1) {
    const name = String(number).padStart(2, '0');
    const events = records(number * 100, number * 100 + 70);
    files[`${name}.json`] = trail(events);
    files[`${name}-again.json`] = trail(number === 0 ? events : events.slice(0, 10));
  }
  await drop(page, write(`${folder}/pages`, files));
  assert.equal((await duplicatePairs(page)).length, 20);
  await busyWhile(page, () => part(page, 'duplicate-pair').first().locator('button').first().click());
  assert.equal(await part(page, 'duplicate').count(), 50);
  const next = page.getByRole('button', { name: 'Next page' });
  await busyWhile(page, () => next.first().click());
  assert.equal(await part(page, 'duplicate').count(), 20);
  await busyWhile(page, () => next.last().click());
  assert.equal(await part(page, 'duplicate-pair').count(), 10);
}));

/** Writes the bucket of a trail with digests: an hour a digest, two logs an hour; keys and signatures are made here. */
function validated(hours) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: 'pkcs1', format: 'der' });
  const fingerprint = createHash('md5').update(der).digest('hex');
  const files = { 'keys.json': JSON.stringify({ PublicKeyList: [{ Value: der.toString('base64'), Fingerprint: fingerprint }] }) };
  const sha = text => createHash('sha256').update(text).digest('hex');
  const iso = millis => new Date(millis).toISOString().replace('.000', '');
  const compact = millis => iso(millis).replace(/[-:]/g, '');
  const [bucketName, region, start] = ['example-bucket', 'us-east-1', Date.UTC(2024, 0, 2)];
  const logs = [];
  const digests = [];
  let previous = null;
  for (let hour = 0; hour < hours; hour += 1) {
    const [from, to] = [start + hour * 3600e3, start + (hour + 1) * 3600e3];
    const logFiles = [];
    for (const minute of [10, 40]) {
      const text = trail([record(hour * 60 + minute, { eventTime: iso(from + minute * 60e3), awsRegion: region })]);
      const stamp = compact(from + (minute + 5) * 60e3).replace(/00Z$/, 'Z');
      const key = `AWSLogs/${ACCOUNT}/CloudTrail/${region}/2024/01/02/${ACCOUNT}_CloudTrail_${region}_${stamp}_abcdefghijklmnop.json.gz`;
      files[key] = gzipSync(text);
      logs.push(key);
      logFiles.push({ s3Bucket: bucketName, s3Object: key, hashValue: sha(text), hashAlgorithm: 'SHA-256', newestEventTime: iso(from), oldestEventTime: iso(from) });
    }
    const key = `AWSLogs/${ACCOUNT}/CloudTrail-Digest/${region}/2024/01/02/${ACCOUNT}_CloudTrail-Digest_${region}_trail_us-east-1_${compact(to)}.json.gz`;
    const text = JSON.stringify({
      awsAccountId: ACCOUNT,
      digestStartTime: iso(from),
      digestEndTime: iso(to),
      digestS3Bucket: bucketName,
      digestS3Object: key,
      digestPublicKeyFingerprint: fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: iso(from),
      oldestEventTime: iso(from),
      previousDigestS3Bucket: previous && bucketName,
      previousDigestS3Object: previous?.key ?? null,
      previousDigestHashValue: previous?.hash ?? null,
      previousDigestHashAlgorithm: previous && 'SHA-256',
      previousDigestSignature: previous?.signature ?? null,
      logFiles,
    });
    const signed = `${iso(to)}\n${bucketName}/${key}\n${sha(text)}\n${previous?.signature ?? 'null'}`;
    const signature = sign('sha256', Buffer.from(signed), privateKey).toString('hex');
    files[key] = gzipSync(text);
    digests.push(key);
    previous = { key, hash: sha(text), signature };
  }
  return { files, logs, digests };
}

/** Checks the chain, and reads off the page what came of it. */
async function checked(page, { start = false } = {}) {
  if (!start) await openTab(page, /Files/);
  await busyWhile(page, () => part(page, 'chain-check').click());
  await part(page, 'chain-report').waitFor();
  const row = of => page.locator(`.chain-counts tr[data-kind="${of}"] td`).allInnerTexts();
  return {
    headline: await page.locator('.chain-headline').innerText(),
    clean: await part(page, 'chain-report').getAttribute('data-kind'),
    logs: (await row('logs')).map(Number),
    digests: (await row('digests')).map(Number),
    findings: await part(page, 'finding').evaluateAll(all => all.map(it => `${it.dataset.kind}: ${it.innerText.replace(/\s+/g, ' ')}`)),
    text: await part(page, 'chain-report').innerText(),
  };
}

test('an untouched chain is intact, by its signatures', onPage(at, async page => {
  const { files } = validated(8);
  await drop(page, write(`${folder}/intact`, files));
  const found = await checked(page);
  assert.equal(found.headline, 'All 16 logs match a digest.');
  assert.equal(found.clean, 'clean');
  assert.deepEqual(found.logs, [16, 0, 0, 0, 0]);
  assert.deepEqual(found.digests, [7, 0, 0, 0, 1]);
  assert.match(found.text, /14 logs rest on a digest whose signature fits/);
  assert.match(found.findings.join('\n'), /digest-unchecked: .*its own signature is kept with the object in S3/);
  await part(page, 'chain').scrollIntoViewIfNeeded();
  // The map knows of the digests: no hour without one.
  assert.deepEqual((await cells(page)).map(it => [...new Set(it.states)]), [['loaded']]);
}));

test('digests alone tell that every log is missing', onPage(at, async page => {
  const { files, logs, digests } = validated(4);
  for (const log of logs) delete files[log];
  await drop(page, write(`${folder}/digests`, files));
  await part(page, 'ended').waitFor();
  const found = await checked(page, { start: true });
  assert.equal(found.headline, '0 changed, 8 missing, 0 in no digest.');
  assert.equal(found.digests.reduce((sum, it) => sum + it), digests.length);
  await picture(page, 'digests alone');
  await accessible(page, 'digests alone');
}));

test('a changed log and two digests deleted in a row are named', onPage(at, async page => {
  const { files, logs, digests } = validated(8);
  files[logs[1]] = gzipSync(trail([record(1, { eventTime: '2024-01-02T00:40:00Z', awsRegion: 'us-east-1', eventName: 'Altered' })]));
  delete files[logs[14]];
  delete files[digests[3]];
  delete files[digests[4]];
  await drop(page, write(`${folder}/altered`, files));
  const found = await checked(page);
  assert.equal(found.clean, 'not-clean');
  assert.equal(found.headline, '1 changed, 3 missing, 0 in no digest.');
  assert.deepEqual(found.logs, [10, 1, 1, 0, 4]);
  assert.equal(found.digests[2], 2);
  const of = kind => found.findings.filter(it => it.startsWith(`${kind}:`));
  assert.equal(of('log-changed').length, 1);
  assert.ok(of('log-changed')[0].includes(logs[1].split('/').at(-1)));
  assert.match(of('digest-missing').join(), /about 2 digests in a row, of 2024-01-02T03:00:00Z to 2024-01-02T05:00:00Z/);
  assert.equal(of('log-missing').length, 1);
  for (const width of [1440, 420]) {
    await page.setViewportSize({ width, height: 900 });
    await part(page, 'chain').scrollIntoViewIfNeeded();
    await picture(page, `chain ${width}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'findings-csv').click()]);
  assert.equal(download.suggestedFilename(), 'trailglass-digests.csv');
  // The hour of the missing log is incomplete on the map now.
  const [row] = await cells(page);
  assert.equal(row.states[7], 'lacking');
  await part(page, 'coverage').scrollIntoViewIfNeeded();
  await accessible(page, 'lacking hours');
  // What the check found is counted, and stays when more is added: told to be older.
  const tab = page.getByRole('tab', { name: /Files/ });
  assert.match(await tab.innerText(), /\b4\b/);
  assert.match(await part(page, 'summary').innerText(), /4 problems/);
  await drop(page, write(`${folder}/later`, { 'later.json': trail([record(9)]) }));
  assert.equal(await part(page, 'chain-older').innerText(), 'This is as of before 1 file was added.');
  await busyWhile(page, () => part(page, 'chain-check').click());
  assert.equal(await part(page, 'chain-older').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'chain-said');
}));

test('a check can be stopped', onPage(at, async page => {
  const { files } = validated(24);
  await drop(page, write(`${folder}/stopped`, files));
  await openTab(page, /Files/);
  await busyWhile(page, async () => {
    await part(page, 'chain-check').click();
    await part(page, 'chain-cancel').click({ timeout: 2000 }).catch(() => {});
  });
  assert.equal(await part(page, 'chain-cancel').count(), 0);
  const { logs } = await checked(page);
  assert.deepEqual(logs, [48, 0, 0, 0, 0], 'and made again');
}));
