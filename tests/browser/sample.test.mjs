// Without logs at hand: the sample, and the four questions that every CloudTrail course begins with,
// asked by filters alone and read off the page.

import assert from 'node:assert/strict';
import test from 'node:test';

import { addsUp, ask, busyWhile, idle, onPage, stage } from './support/harness.mjs';
import { facetValues, filterBy, numbers, openTab, part, rows, total, unfold } from './support/screen.mjs';

const at = stage();

const ACCOUNT = 'arn:aws:iam::111122223333';

test('the sample answers the first four questions of every course', onPage(at, async (page, t) => {
  await busyWhile(page, () => part(page, 'sample').click());

  await t.test('it is a believable week of about 50,000 events', async () => {
    const report = await ask(page, 'report');
    addsUp(report);
    assert.equal(report.events.read, 50_000);
    assert.ok(report.events.duplicates > 100, 'some files are delivered twice');
    assert.equal(report.timeRange.from.slice(0, 10), '2026-03-02');
    assert.equal(report.timeRange.to.slice(0, 10), '2026-03-08');
    assert.deepEqual(report.problems, []);
    assert.equal(await total(page), report.events.kept);
    assert.ok(numbers(await part(page, 'summary').innerText()).includes(report.events.kept));
  });

  await t.test('who deleted the EC2 instance?', async () => {
    // Auto scaling ends instances all day long; this one was ended by somebody.
    await filterBy(page, 'eventName:TerminateInstances recipientAccountId:111122223333 outcome:success -principal:*autoscaling*');
    assert.equal(await total(page), 1);
    assert.deepEqual(await facetValues(page, 'principal'), [{ value: `${ACCOUNT}:user/jiho.park`, count: 1 }]);
    await part(page, 'row').first().click();
    await idle(page);
    const detail = await part(page, 'detail').innerText();
    assert.match(detail, /i-0c4f1e7a9b2d83561/);
    assert.match(detail, /2026-03-04/);
    await page.keyboard.press('Escape');
    await idle(page);
  });

  await t.test('which S3 objects were deleted, and by whom?', async () => {
    await filterBy(page, 'service:s3 eventName:DeleteObject*');
    assert.equal(await total(page), 12);
    await unfold(page, 'session');
    assert.deepEqual(await facetValues(page, 'session'), [{ value: 'soyeon.lee@moonjar.example', count: 12 }]);
    await unfold(page, 'resources.ARN');
    const objects = (await facetValues(page, 'resources.ARN')).map(it => it.value);
    assert.ok(objects.some(it => it.startsWith('arn:aws:s3:::moonjar-finance-archive/invoices/2025/')), objects.join());
  });

  await t.test('which API was called far more than usual?', async () => {
    const onDay = async day => {
      await filterBy(page, `category:Data readOnly:true eventTime:2026-03-0${day}`);
      const [first] = await facetValues(page, 'eventName');
      return first;
    };
    const unusual = await onDay(7);
    assert.equal(unusual.value, 'GetObject');
    for (const day of [2, 3, 4, 5, 6]) {
      const other = await onDay(day);
      assert.ok(unusual.count > 1.5 * other.count, `${JSON.stringify(unusual)} against ${JSON.stringify(other)} on day ${day}`);
    }
    await filterBy(page, 'eventName:GetObject eventTime>=2026-03-07T03:31 eventTime<2026-03-07T03:36');
    const [busiest] = await facetValues(page, 'principal');
    assert.deepEqual(busiest, { value: `${ACCOUNT}:user/svc-backup-sync`, count: 1900 });
    const [address] = await facetValues(page, 'sourceIPAddress');
    assert.equal(address.value, '198.51.100.77');
  });

  await t.test('what happened on a day long before the newest?', async () => {
    await filterBy(page, 'eventTime:2026-03-03 userIdentity.type:Root');
    assert.equal(await total(page), 6);
    const names = (await facetValues(page, 'eventName')).map(it => it.value);
    assert.ok(names.includes('ConsoleLogin') && names.includes('PutBucketPolicy'), names.join());
    const shown = await rows(page);
    assert.equal(shown.length, 6);
    assert.ok(shown[0].text.includes('PutBucketPolicy') && shown.at(-1).text.includes('ConsoleLogin'), 'newest first');
  });

  await t.test('the bulk download is the first of what is unusual', async () => {
    await filterBy(page, '');
    await openTab(page, /Insights/);
    const first = part(page, 'insight').first();
    await first.waitFor();
    assert.match(await first.innerText(), /svc-backup-sync/);
    assert.match(await first.innerText(), /GetObject|s3/i);
    assert.match(await first.getAttribute('data-start'), /^2026-03-07T03:3/);
    assert.ok(Number(await first.getAttribute('data-e')) > 5);
    const all = await part(page, 'insight').evaluateAll(list => list.map(it => Number(it.dataset.e)));
    assert.deepEqual(all, [...all].sort((a, b) => b - a), 'most surprising first');
    const said = await page.locator('[data-testid="insights"]').innerText();
    assert.match(said, /checkout-api/, 'the error storm is there too');
    assert.match(said, /CreateSnapshot by role.*hourly-backup comes every 1 hour, and did not come \d+ times/, 'and the job that stopped');
  });

  await t.test('a click on it shows its events', async () => {
    const first = part(page, 'insight').first();
    const show = first.getByRole('button', { name: /Show these events/ });
    await busyWhile(page, async () => ((await show.count()) > 0 ? show.first() : first).click());
    assert.ok((await total(page)) >= 1900 && (await total(page)) < 3000, `${await total(page)} events`);
    const [principal] = await facetValues(page, 'principal');
    assert.equal(principal.value, `${ACCOUNT}:user/svc-backup-sync`);
    await busyWhile(page, () => page.goBack());
    await part(page, 'insights').waitFor();
  });
}));

/** Asks for an act of the menu that forgets the data, and answers. */
async function answer(page, act, button) {
  await page.getByRole('button', { name: 'Add data' }).click();
  await part(page, act).click();
  const click = () => page.getByRole('dialog').getByText(button, { exact: true }).click();
  await (/^Keep/.test(button) ? click().then(() => idle(page)) : busyWhile(page, click));
  assert.equal(await page.getByRole('dialog').count(), 0);
}

test('the sample is the same every time and never mixed into what is there', onPage(at, async page => {
  await busyWhile(page, () => part(page, 'sample').click());
  const { events } = await ask(page, 'report');
  await answer(page, 'sample', 'Forget all and load the sample');
  assert.deepEqual((await ask(page, 'report')).events, events);
  await answer(page, 'sample', 'Keep my data');
  await answer(page, 'forget', 'Keep');
  assert.deepEqual((await ask(page, 'report')).events, events, 'nothing was done');
  assert.match(await page.evaluate(() => document.activeElement.innerText), /Add data/);
  await answer(page, 'forget', 'Forget');
  await part(page, 'drop-zone').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'drop-zone');
}));
