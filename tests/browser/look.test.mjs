// Looking: filter, facets, timeline, table and address show one state of the data.

import assert from 'node:assert/strict';
import test from 'node:test';

import { records, sampleLogs, scratch, trail, write } from './support/data.mjs';
import { ask, busyWhile, count, drop, dragAndDrop, idle, onPage, stage, started } from './support/harness.mjs';
import { clickValue, facetValues, filterBox, filterBy, openTab, part, rows, total } from './support/screen.mjs';

const at = stage();
const folder = scratch();

/** 400 events in four hours: two APIs, two regions, a tenth of them denied. */
function small() {
  const list = records(0, 400).map((it, number) => ({
    ...it,
    eventTime: new Date(Date.UTC(2024, 0, 1) + number * 36_000).toISOString().replace('.000', ''),
    eventName: number % 4 === 0 ? 'PutObject' : 'GetObject',
    awsRegion: number % 3 === 0 ? 'us-east-1' : 'eu-west-1',
    ...(number % 10 === 0 && { errorCode: 'AccessDenied', errorMessage: 'Access Denied' }),
  }));
  return write(`${folder}/small`, { 'a.json': trail(list) });
}

const sum = values => values.reduce((all, it) => all + it.count, 0);

/** Everything on the screen tells the same number. */
async function agrees(page, wanted) {
  assert.equal(await total(page), wanted, 'the table');
  assert.equal(sum(await facetValues(page, 'outcome')), wanted, 'the outcomes');
  assert.equal(sum(await facetValues(page, 'category')), wanted, 'the categories');
}

test('a filter narrows everything at once', onPage(at, async page => {
  await drop(page, small());
  await agrees(page, 400);
  await filterBy(page, 'eventName:PutObject');
  await agrees(page, 100);
  assert.deepEqual(await facetValues(page, 'eventName'), [{ value: 'PutObject', count: 100 }]);
  assert.ok((await rows(page)).every(it => it.text.includes('PutObject')));
  await filterBy(page, 'eventName:PutObject outcome:denied');
  await agrees(page, await count(page, 'eventName:PutObject outcome:denied'));
  await filterBy(page, '');
  await agrees(page, 400);
}));

test('a click on a value: only it, then not it, then neither', onPage(at, async page => {
  await drop(page, small());
  await clickValue(page, 'eventName', 'PutObject');
  await agrees(page, 100);
  assert.match(await filterBox(page).inputValue(), /eventName:PutObject/);
  await clickValue(page, 'eventName', 'PutObject');
  await agrees(page, 300);
  await clickValue(page, 'eventName', 'PutObject');
  await agrees(page, 400);
  assert.equal(await filterBox(page).inputValue(), '');
}));

test('a wrong filter says where and why, and the last result stays', onPage(at, async page => {
  await drop(page, small());
  await filterBy(page, 'eventName:PutObject');
  await filterBy(page, 'evntName:PutObject');
  await part(page, 'filter-error').waitFor();
  assert.match(await part(page, 'filter-error').innerText(), /evntName[^]*eventName/);
  await agrees(page, 100);
  await filterBy(page, 'eventName:"PutObject');
  assert.match(await part(page, 'filter-error').innerText(), /quote/i);
  await agrees(page, 100);
  await filterBy(page, 'eventName:GetObject');
  assert.equal(await part(page, 'filter-error').count(), 0);
  await agrees(page, 300);
}));

test('Back, Forward and reload lead through the committed acts', onPage(at, async page => {
  const logs = small();
  await drop(page, logs);
  await filterBy(page, 'awsRegion:us-east-1');
  const filtered = await total(page);
  await clickValue(page, 'eventName', 'PutObject');
  const narrowed = await total(page);
  assert.ok(filtered > narrowed && narrowed > 0);
  const address = page.url();
  assert.match(address, /#.*PutObject/);
  await busyWhile(page, () => page.goBack());
  await agrees(page, filtered);
  assert.equal(await filterBox(page).inputValue(), 'awsRegion:us-east-1');
  await busyWhile(page, () => page.goBack());
  await agrees(page, 400);
  await busyWhile(page, () => page.goForward());
  await busyWhile(page, () => page.goForward());
  await agrees(page, narrowed);
  assert.equal(page.url(), address);

  // After a reload the view waits for its data.
  await page.reload();
  await started(page);
  assert.equal(page.url(), address);
  await part(page, 'drop-zone').waitFor();
  const waiting = await page.locator('body').innerText();
  assert.match(waiting, /PutObject/, 'the waiting page shows its filter');
  await drop(page, logs);
  await agrees(page, narrowed);
}));

test('scrolling and widths are in the address, and come back with it', onPage(at, async page => {
  const logs = small();
  await drop(page, logs);
  const table = part(page, 'table');
  const top = () => table.evaluate(it => Math.floor(it.scrollTop / 26));
  const steps = await page.evaluate(() => history.length);
  await table.evaluate(it => (it.scrollTop = 26 * 150));
  await page.waitForFunction(() => /[#&]row=150(&|$)/.test(location.hash));
  const edge = page.locator('.head-edge').nth(1);
  await edge.focus();
  await edge.press('ArrowRight');
  await page.waitForFunction(() => /widths=eventName:220/.test(location.hash));
  assert.equal(await page.evaluate(() => history.length), steps, 'neither is a step');

  // Other rows begin at their first; Back comes back to where one was.
  await clickValue(page, 'eventName', 'PutObject');
  assert.equal(await top(), 0);
  assert.doesNotMatch(page.url(), /row=/);
  await busyWhile(page, () => page.goBack());
  await page.waitForFunction(() => Math.floor(document.querySelector('[data-testid="table"]').scrollTop / 26) === 150);
  await page.reload();
  await started(page);
  await drop(page, logs);
  await page.waitForFunction(() => Math.floor(document.querySelector('[data-testid="table"]').scrollTop / 26) === 150);
  assert.equal(await page.locator('.head-edge').nth(1).getAttribute('aria-valuenow'), '220');
}));

test('typing does not fill the history', onPage(at, async page => {
  await drop(page, small());
  const before = await page.evaluate(() => history.length);
  await filterBox(page).pressSequentially('eventName:PutObject');
  await idle(page);
  assert.equal(await page.evaluate(() => history.length), before);
  assert.match(page.url(), /PutObject/, 'but the address follows');
  await filterBox(page).press('Enter');
  await idle(page);
  assert.equal(await page.evaluate(() => history.length), before + 1);
  await page.goBack();
  await idle(page);
  assert.equal(await filterBox(page).inputValue(), '');
}));

test('dragging over the timeline zooms, and Back zooms out', onPage(at, async page => {
  await drop(page, small());
  const box = await part(page, 'histogram').getByRole('group').boundingBox();
  const across = share => box.x + box.width * share;
  const middle = box.y + box.height / 2;
  await busyWhile(page, async () => {
    await page.mouse.move(across(0.4), middle);
    await page.mouse.down();
    await page.mouse.move(across(0.5), middle, { steps: 4 });
    await page.mouse.move(across(0.7), middle, { steps: 4 });
    await page.mouse.up();
  });
  const zoomed = await total(page);
  assert.ok(zoomed > 60 && zoomed < 200, `${zoomed} events in a third of the time`);
  await agrees(page, zoomed);
  const [, from, to] = decodeURIComponent(page.url()).match(/range=([^/&]+)\/([^&]+)/);
  assert.equal(await count(page, `eventTime>=${from} eventTime<${to}`), zoomed, 'the range of the address');
  await busyWhile(page, () => page.goBack());
  await agrees(page, 400);
}));

test('a click on a row shows the whole record, as a tree and as raw text', onPage(at, async page => {
  await drop(page, small());
  await part(page, 'row').first().click();
  await idle(page);
  await part(page, 'detail').waitFor();
  assert.match(await part(page, 'detail').innerText(), /eventVersion[^]*1\.08/);
  assert.match(page.url(), /event=111122223333\/00000000-0000-4000-8000-000000000399/);
  const raw = part(page, 'detail-raw');
  if (!(await raw.isVisible().catch(() => false))) {
    await part(page, 'detail').getByRole('button', { name: 'Raw' }).or(part(page, 'detail').getByRole('tab', { name: 'Raw' })).first().click();
  }
  await raw.waitFor();
  const shown = JSON.parse(await raw.textContent());
  assert.equal(shown.eventID, '00000000-0000-4000-8000-000000000399');
  await page.keyboard.press('Escape');
  await part(page, 'detail').waitFor({ state: 'detached' });
}));

test('an address with an event opens it once the data is there', onPage(at, async page => {
  await drop(page, small());
  await part(page, 'detail').waitFor();
  assert.match(await part(page, 'detail').innerText(), /00000000-0000-4000-8000-000000000007/);
}, { hash: '#v=1&event=111122223333/00000000-0000-4000-8000-000000000007' }));

test('groups: by one field, then by two, sorted by a click', onPage(at, async page => {
  await drop(page, small());
  await openTab(page, /Groups/);
  const text = await page.getByRole('tabpanel').or(page.locator('main')).first().innerText();
  assert.match(text, /arn:aws:iam::111122223333:user\/test/);
}));

test('counts, timeline, facets and table agree at every moment of a load', async t => {
  const events = process.env.SMALL ? 200_000 : 400_000;
  const logs = sampleLogs(`${folder}/moving`, events);
  await onPage(at, async page => {
    await page.evaluate(() => {
      window.__moments = [];
      const all = id => document.querySelectorAll(`[data-testid="${id}"]`);
      const look = () => {
        const [table] = all('table');
        const sums = ['outcome', 'category', 'readOnly'].map(field => {
          const facet = [...all('facet')].find(it => it.dataset.field === field);
          const values = facet ? [...facet.querySelectorAll('[data-testid="facet-value"]')] : [];
          return values.reduce((sum, it) => sum + Number(it.dataset.count), 0);
        });
        const [histogram] = all('histogram');
        const moment = JSON.stringify([Number(table?.dataset.total ?? 0), sums[0], sums[1], histogram?.dataset.total ?? null]);
        if (window.__moments.at(-1) !== moment) window.__moments.push(moment);
        window.__watching = requestAnimationFrame(look);
      };
      look();
    });
    await busyWhile(page, () => dragAndDrop(page, logs));
    const moments = (await page.evaluate(() => (cancelAnimationFrame(window.__watching), window.__moments))).map(it => JSON.parse(it));
    const seen = moments.filter(([total]) => total > 0);
    assert.ok(new Set(seen.map(it => it[0])).size >= 3, `the page moved while loading: ${JSON.stringify(moments)}`);
    for (const [total, outcomes, categories, histogram] of seen) {
      assert.equal(outcomes, total, 'the outcomes');
      assert.equal(categories, total, 'the categories');
      if (histogram !== null) assert.equal(Number(histogram), total, 'the timeline');
    }
    assert.equal(seen.at(-1)[0], (await ask(page, 'report')).events.kept);
  })(t);
});

test('questions are answered while files still arrive', async t => {
  const logs = sampleLogs(`${folder}/asking`, process.env.SMALL ? 200_000 : 400_000, { seed: 2 });
  await onPage(at, async page => {
    await dragAndDrop(page, logs);
    await page.waitForFunction(() => Number(document.querySelector('[data-testid="table"]')?.dataset.total ?? 0) > 0);
    const during = await page.evaluate(async () => {
      const answers = [];
      while (document.querySelector('[data-testid="progress"]')) {
        answers.push(await window.trailglass.count({ filter: 'service:s3' }));
        await new Promise(done => requestAnimationFrame(done));
      }
      return answers;
    });
    await idle(page);
    assert.ok(during.length >= 2, 'several answers came during the load');
    for (let i = 1; i < during.length; i += 1) assert.ok(during[i] >= during[i - 1], 'counts only grow');
    assert.ok(during.at(-1) <= (await count(page, 'service:s3')));
  })(t);
});
