// Millions of rows: only the visible ones exist, and the last one can be reached.

import assert from 'node:assert/strict';
import test from 'node:test';

import { sampleLogs, scratch } from './support/data.mjs';
import { addsUp, ask, drop, idle, onPage, stage } from './support/harness.mjs';
import { part, rows, total } from './support/screen.mjs';

const at = stage();
const folder = scratch();
const EVENTS = process.env.SMALL ? 200_000 : 2_000_000;

/** The element that scrolls: the table or one in or around it. */
const scroll = (page, to) =>
  part(page, 'table').evaluate((table, to) => {
    const scrolls = it => it.scrollHeight > it.clientHeight + 10 && getComputedStyle(it).overflowY !== 'visible';
    const inside = [table, ...table.querySelectorAll('*')].find(scrolls);
    let outside = table;
    while (outside && !scrolls(outside)) outside = outside.parentElement;
    const element = inside ?? outside;
    element.scrollTop = to === 'end' ? element.scrollHeight : to === 'start' ? 0 : element.scrollHeight * to;
  }, to);

test(`the last of ${EVENTS.toLocaleString('en')} rows is reached and is the oldest event`, async t => {
  const logs = sampleLogs(`${folder}/many`, EVENTS, { perFile: 1000 });
  await onPage(at, async page => {
    await drop(page, logs, 10 * 60_000);
    const report = await ask(page, 'report');
    addsUp(report);
    assert.ok(report.events.kept > EVENTS * 0.95, `${report.events.kept} events are kept`);
    assert.equal(await total(page), report.events.kept);
    const last = await ask(page, 'page', { offset: report.events.kept - 1, limit: 1, columns: ['eventTime', 'eventID'] });
    assert.equal(last.rows[0][0], report.timeRange.from);

    await scroll(page, 'end');
    await idle(page);
    await page.waitForFunction(id => document.querySelector(`[data-testid="row"][data-id="${id}"]`), last.ids[0]);
    const bottom = (await rows(page)).at(-1);
    assert.equal(bottom.id, last.ids[0], 'the last row is the oldest event');
    assert.ok(bottom.text.includes(report.timeRange.from.slice(11, 19)), bottom.text);
    const frame = page.viewportSize();
    assert.ok(bottom.top < frame.height, 'and it is on the screen');

    await scroll(page, 'start');
    await idle(page);
    const first = await ask(page, 'page', { limit: 1 });
    await page.waitForFunction(id => document.querySelector(`[data-testid="row"][data-id="${id}"]`), first.ids[0]);
    assert.equal((await rows(page))[0].id, first.ids[0]);

    await t.test('only rows on the screen exist', async () => {
      for (const place of [0.25, 0.5, 0.75]) {
        await scroll(page, place);
        await idle(page);
        const existing = await rows(page);
        assert.ok(existing.length >= 10 && existing.length <= 200, `${existing.length} rows exist`);
        const middle = existing[Math.floor(existing.length / 2)];
        assert.ok(middle.top > 0 && middle.top < frame.height, 'they are on the screen');
      }
    });

    await t.test('End and Home go to the last and the first row', async () => {
      await part(page, 'row').first().click();
      await idle(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('End');
      await idle(page);
      await page.waitForFunction(id => document.querySelector(`[data-testid="row"][data-id="${id}"]`), last.ids[0]);
      await page.keyboard.press('Home');
      await idle(page);
      await page.waitForFunction(id => document.querySelector(`[data-testid="row"][data-id="${id}"]`), first.ids[0]);
    });

    await t.test('rows follow each other without a hole or a repetition', async () => {
      const ids = (await rows(page)).map(it => it.id);
      const wanted = await ask(page, 'page', { limit: ids.length });
      assert.deepEqual(ids, wanted.ids);
    });

    await t.test('memory stays small', async () => {
      const bytes = (await ask(page, 'report')).memoryBytes / report.events.kept;
      t.diagnostic(`${bytes.toFixed(0)} bytes an event`);
      if (!process.env.SMALL) assert.ok(bytes < 400, `${bytes} bytes an event`);
    });
  }, { minutes: 20 })(t);
});
