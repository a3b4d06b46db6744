// What is unusual, as a person looks into it: the strip, an incident unfolded, what is listed and
// what is muted, and what CloudTrail itself found beside it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { record, scratch, trail, write } from './support/data.mjs';
import { ask, busyWhile, drop, idle, onPage, picture, stage, started } from './support/harness.mjs';
import { filterBox, openTab, part, total } from './support/screen.mjs';

const at = stage();
const folder = scratch();

const iso = millis => new Date(millis).toISOString().replace(/\.\d+/, '');
const START = Date.UTC(2024, 0, 1);
const HOUR = 3_600_000;
const BURST = START + 60 * HOUR + 600_000;

/** Five days with a call every 24 minutes, two days of nothing before the last; no burst. */
const calm = Array.from({ length: 300 }, (_, n) => record(10_000 + n, {
  eventTime: iso(START + n * 1_440_000),
  eventName: 'GetObject',
  managementEvent: true,
  eventCategory: 'Management',
}));

/** 600 calls in three minutes from an address that is never seen otherwise. */
const burst = Array.from({ length: 600 }, (_, n) => record(n, {
  eventTime: iso(BURST + n * 300),
  eventName: 'GetObject',
  sourceIPAddress: '203.0.113.9',
}));

/** Start and End as CloudTrail Insights writes them. */
const theirs = (id, eventName, start, minutes) =>
  ['Start', 'End'].map((state, n) => ({
    eventVersion: '1.09',
    eventTime: iso(start + n * minutes * 60_000),
    awsRegion: 'eu-west-1',
    eventID: `00000000-0000-4000-9000-00000000${id}${n}0`,
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: '111122223333',
    sharedEventID: `00000000-0000-4000-9000-00000000${id}ff`,
    eventCategory: 'Insight',
    insightDetails: {
      state,
      eventSource: 's3.amazonaws.com',
      eventName,
      insightType: 'ApiCallRateInsight',
      insightContext: {
        statistics: { baseline: { average: 0.04 }, insight: { average: 200 }, insightDuration: minutes, baselineDuration: 3600 },
        attributions: [{ attribute: 'userAgent', insight: [{ value: 'test/1', average: 200 }], baseline: [] }],
      },
    },
  }));

const withBurst = () => write(`${folder}/burst`, { 'a.json': trail([...calm, ...burst]) });

const incidents = page => part(page, 'insight');
const ids = page => incidents(page).evaluateAll(all => all.map(it => it.dataset.id));
const unfold = async (page, card) => {
  await card.getByTestId('insight-details').click();
  await idle(page);
};

/** What the browser saves when this is done. */
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('a burst unfolds into its chart, its reasons and who was behind it', onPage(at, async (page, t) => {
  await drop(page, withBurst());
  await openTab(page, /Insights/);
  const first = incidents(page).first();
  await unfold(page, first);

  await t.test('the address holds it', async () => {
    const id = await first.getAttribute('data-id');
    assert.match(page.url(), new RegExp(`incident=${id}`));
  });

  await t.test('the chart has a table that says the same', async () => {
    const chart = first.getByTestId('insight-chart');
    assert.match(await chart.locator('svg').first().getAttribute('aria-label'), /largest is \d+/);
    await chart.getByText('As a table').click();
    const counts = await chart.locator('tbody td:nth-child(2)').allInnerTexts();
    const sum = counts.reduce((all, it) => all + Number(it), 0);
    assert.ok(sum >= 600 && sum < 700, `${sum} in the table`);
    // A single call beside a spike of hundreds.
    const height = async () => Number((await chart.locator('.bars-usual').getAttribute('d')).match(/v-([\d.]+)/)[1]);
    const linear = await height();
    await chart.getByRole('button', { name: 'Log', exact: true }).click();
    assert.ok((await height()) > 5 * linear);
  });

  await t.test('why, in words with numbers', async () => {
    const why = await first.getByTestId('insight-why').innerText();
    assert.match(why, /Actual\s+600 in 3 minutes/);
    assert.match(why, /Ratio\s+[\d,]+x/);
    assert.match(why, /Found by/);
    assert.match(why, /Baseline\s+\d+ in \d+ (hours|days) before it/);
  });

  await t.test('a click on a value filters, with Shift it leaves out', async () => {
    const value = first.getByTestId('insight-value').and(page.locator('[data-value="203.0.113.9"]'));
    assert.match(await value.innerText(), /NEW/);
    await value.click();
    await idle(page);
    assert.equal(await filterBox(page).inputValue(), 'sourceIPAddress:203.0.113.9');
    await value.click({ modifiers: ['Shift'] });
    await idle(page);
    assert.equal(await filterBox(page).inputValue(), '-sourceIPAddress:203.0.113.9');
  });

  await t.test('its records can be dropped again', async () => {
    await first.getByTestId('insight-records').locator('summary').click();
    const { name, bytes } = await saved(page, () => first.getByTestId('insight-save').click());
    const { Records } = JSON.parse(bytes);
    assert.equal(name, 'insight.json');
    assert.deepEqual(Records.map(it => it.insightDetails.state), ['Start', 'End']);
  });

  await t.test('the chart is saved as a picture', async () => {
    const { name, bytes } = await saved(page, () => first.getByTestId('insight-png').click());
    assert.equal(name, 'insight.png');
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(bytes.length > 5000, `${bytes.length} bytes`);
  });

  await t.test('its events, with a minute before and after', async () => {
    await busyWhile(page, () => first.getByTestId('insight-around').click());
    const wide = await total(page);
    assert.ok(wide >= 600 && wide < 610, `${wide} events`);
    assert.match(page.url(), /range=2024-01-03T12:09:00Z\/2024-01-03T12:14:00Z/);
    await busyWhile(page, () => page.goBack());
    await part(page, 'insight-body').waitFor();
    await busyWhile(page, () => first.getByTestId('insight-api').click());
    assert.match(await filterBox(page).inputValue(), /eventName:GetObject/);
  });
}));

test('the strip leads to its incidents, and keys through them', onPage(at, async page => {
  await busyWhile(page, () => part(page, 'sample').click());
  await openTab(page, /Insights/);
  const listed = await ids(page);
  const marks = await part(page, 'strip-mark').evaluateAll(all => all.map(it => it.dataset.id));
  assert.deepEqual([...marks].sort(), [...listed].sort(), 'each listed incident has its mark');
  const last = listed.at(-1);
  await part(page, 'strip-mark').and(page.locator(`[data-id="${last}"]`)).dispatchEvent('click');
  await idle(page);
  const focused = () => page.evaluate(() => document.activeElement?.dataset.id);
  assert.equal(await focused(), last);
  await incidents(page).last().getByTestId('insight-body').waitFor();
  await page.keyboard.press('k');
  assert.equal(await focused(), listed.at(-2));
  await page.keyboard.press('Enter');
  await idle(page);
  await incidents(page).nth(listed.length - 2).getByTestId('insight-body').waitFor();
  await page.keyboard.press('j');
  assert.equal(await focused(), last);
}));

test('a slider lists fewer or more at once, and the address keeps it', onPage(at, async page => {
  await busyWhile(page, () => part(page, 'sample').click());
  await openTab(page, /Insights/);
  const slider = part(page, 'insights-slider');
  const count = async () => Number((await part(page, 'insights-count').innerText()).match(/^[\d,]+/)[0]);
  const usual = await count();
  await slider.fill('50');
  const most = await count();
  await slider.fill('20');
  const fewest = await count();
  assert.ok(fewest < usual && usual < most, `${fewest}, ${usual}, ${most}`);
  assert.match(page.url(), /incidents=3\.0/);
  const shown = await incidents(page).evaluateAll(all => all.map(it => Number(it.dataset.e)));
  assert.ok(shown.every(it => it >= 3), shown.join());
  const asked = (await ask(page, 'insights', { threshold: 3 })).incidents;
  assert.equal(fewest, asked.length, 'the engine lists as many');

  for (const name of ['API', 'principal × API', 'API × error']) {
    await page.getByRole('button', { name, exact: true }).click();
  }
  const services = await count();
  assert.ok(services > 0 && services < fewest, `${services} of ${fewest} by principal and service`);
  assert.match(page.url(), /-api-error/);
  await page.getByRole('button', { name: 'principal × service' }).click();
  await page.getByText('Nothing above chance').waitFor();
}));

test('what a person calls normal is not listed, is counted, and comes back', onPage(at, async page => {
  const logs = withBurst();
  await drop(page, logs);
  await openTab(page, /Insights/);
  const before = await ids(page);
  const first = incidents(page).first();
  await unfold(page, first);
  await first.getByText('Normal? Mute it…').click();
  await part(page, 'mute-reason').fill('=the nightly copy');
  await part(page, 'mute').click();
  await idle(page);
  assert.ok(!(await ids(page)).includes(before[0]));
  const muted = part(page, 'muted');
  assert.match(await muted.innerText(), /Muted: [1-9]/);

  await page.reload();
  await started(page);
  await drop(page, logs);
  await openTab(page, /Insights/);
  assert.ok(!(await ids(page)).includes(before[0]), 'also at the next visit');
  await muted.locator('summary').click();
  assert.match(await part(page, 'muted-line').innerText(), /user\/test · s3:GetObject[^]*=the nightly copy/);
  await part(page, 'unmute').click();
  await idle(page);
  assert.deepEqual(await ids(page), before);
  assert.equal(await muted.count(), 0);
}));

test('what CloudTrail Insights wrote lies beside it: both, only ours, only theirs', onPage(at, async page => {
  const both = theirs('aa', 'GetObject', BURST, 3);
  const alone = theirs('bb', 'PutBucketPolicy', START + 20 * HOUR, 5);
  await drop(page, write(`${folder}/recorded`, { 'a.json': trail([...calm, ...burst]), 'CloudTrail-Insight.json': trail([...both, ...alone]) }));
  await openTab(page, /Insights/);
  assert.match(await incidents(page).first().innerText(), /CloudTrail Insights too/);
  assert.match(await part(page, 'incident-strip').innerText(), /CloudTrail Insights/);
  const rest = part(page, 'recorded');
  assert.equal(await rest.count(), 1);
  assert.match(await rest.innerText(), /s3:PutBucketPolicy[^]*only CloudTrail Insights[^]*2024-01-01 20:00/);
}));

test('what is listed can be taken away', onPage(at, async page => {
  await drop(page, withBurst());
  await openTab(page, /Insights/);
  const csv = await saved(page, () => part(page, 'incidents-csv').click());
  const lines = csv.bytes.toString().trim().split('\r\n');
  assert.equal(lines.length, 1 + (await incidents(page).count()));
  assert.match(lines[1], /burst,.*GetObject,,600,3,/);
  const json = await saved(page, () => part(page, 'incidents-json').click());
  const { incidents: told } = JSON.parse(json.bytes);
  const asked = (await ask(page, 'insights')).incidents;
  assert.deepEqual(told.map(it => it.id), asked.map(it => it.id));
  assert.deepEqual(told[0].insights[0].attributions, asked[0].insights[0].attributions);
}));

test('where nothing is unusual it is said what was looked at', onPage(at, async page => {
  await drop(page, write(`${folder}/calm`, { 'a.json': trail(calm) }));
  await openTab(page, /Insights/);
  const said = await part(page, 'insights').innerText();
  assert.match(said, /Nothing above chance/);
  assert.match(said, /\d levels, \d+ series, [\d.]+ days covered, [\d.]+ missing/);
  await picture(page, 'nothing unusual');
}));
