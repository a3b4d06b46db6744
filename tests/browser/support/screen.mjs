// What a person reads and does on the page, by the stable test ids.

import assert from 'node:assert/strict';

import { busyWhile, idle, picture } from './harness.mjs';
import { axeSource } from './packages.mjs';

export const part = (page, id) => page.locator(`[data-testid="${id}"]`);

export const filterBox = page => part(page, 'filter');

/** Types a filter, presses Enter, and waits for the answer. */
export async function filterBy(page, text) {
  await filterBox(page).fill(text);
  await filterBox(page).press('Enter');
  await idle(page);
}

export const facet = (page, field) => part(page, 'facet').and(page.locator(`[data-field="${field}"]`));

export const facetValue = (page, field, value) =>
  facet(page, field).locator(`[data-testid="facet-value"][data-value="${cssEscape(value)}"]`);

const cssEscape = text => text.replace(/["\\]/g, '\\$&');

/** The values of a facet as they stand there, with their counts. */
export const facetValues = (page, field) =>
  facet(page, field)
    .locator('[data-testid="facet-value"]')
    .evaluateAll(all => all.map(it => ({ value: it.dataset.value, count: Number(it.dataset.count) })));

/** Clicks a value of a facet and waits for the answer. */
export const clickValue = (page, field, value) =>
  busyWhile(page, async () => {
    const target = facetValue(page, field, value);
    await target.scrollIntoViewIfNeeded();
    const inner = target.locator('button').first();
    await ((await inner.count()) > 0 ? inner : target).click();
  });

/** Unfolds a facet, if it is folded. */
export async function unfold(page, field) {
  const head = facet(page, field).locator('[aria-expanded]').first();
  if ((await head.getAttribute('aria-expanded')) === 'true') return;
  await head.scrollIntoViewIfNeeded();
  await head.click();
  await idle(page);
}

/** How many events the table has in all. */
export const total = async page => Number(await part(page, 'table').getAttribute('data-total'));

/** The texts of the rows that exist, from top to bottom. */
export const rows = page =>
  part(page, 'row').evaluateAll(all =>
    all
      .map(it => ({ id: Number(it.dataset.id), top: it.getBoundingClientRect().top, text: it.innerText }))
      .sort((a, b) => a.top - b.top),
  );

/** Opens a part of the page by its tab. */
export async function openTab(page, name) {
  await page.getByRole('tab', { name }).click();
  await idle(page);
}

/** Every number in a text, without the signs between its digits. */
export const numbers = text => (text.match(/\d[\d,.\u202f\u00a0]*/g) ?? []).map(it => Number(it.replace(/[^\d]/g, '')));

/** Fails on what axe finds serious or critical; `where` names the place. */
export async function accessible(page, where) {
  // Through the debugger, since the page's policy allows no script of others.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axeSource() });
  await session.detach();
  const violations = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations);
  const bad = violations
    .filter(it => ['serious', 'critical'].includes(it.impact))
    .map(it => `${it.id}: ${it.help}\n    ${it.nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join('\n    ')}`);
  await picture(page, where);
  assert.deepEqual(bad, [], `${where}:\n${bad.join('\n')}`);
}
