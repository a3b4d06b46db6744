// Looks and words: nothing that axe calls serious, two languages, two themes, all by keyboard.

import assert from 'node:assert/strict';
import test from 'node:test';

import { PNG, scratch, write } from './support/data.mjs';
import { busyWhile, drop, idle, onPage, picture, stage, started } from './support/harness.mjs';
import { accessible, filterBy, openTab, part } from './support/screen.mjs';

const at = stage();
const folder = scratch();

const loaded = page => busyWhile(page, () => part(page, 'sample').click());

const THEMES = { light: { colorScheme: 'light' }, dark: { colorScheme: 'dark' } };

for (const [theme, options] of Object.entries(THEMES)) {
  test(`axe finds nothing serious in the ${theme} theme`, onPage(at, async (page, t) => {
    await t.test('at the start', () => accessible(page, `${theme} start`));
    await t.test('with a file that is no log', async () => {
      await drop(page, `${write(`${folder}/image`, { 'cat.png': PNG })}/cat.png`);
      await accessible(page, `${theme} refused`);
    });
    await t.test('with data', async () => {
      await loaded(page);
      await accessible(page, `${theme} events`);
    });
    await t.test('with a filter and one that is wrong', async () => {
      await filterBy(page, 'outcome:denied -service:s3');
      await accessible(page, `${theme} filtered`);
      await filterBy(page, 'evntName:x');
      await accessible(page, `${theme} wrong filter`);
      await filterBy(page, 'eventName:matchesNothing');
      await accessible(page, `${theme} nothing matches`);
      await filterBy(page, '');
    });
    await t.test('with an event open', async () => {
      await part(page, 'row').first().click();
      await idle(page);
      await accessible(page, `${theme} detail`);
      await page.keyboard.press('Escape');
    });
    await t.test('with groups, insights and files', async () => {
      for (const name of ['Groups', 'Insights', 'Files']) {
        await openTab(page, new RegExp(name));
        if (name === 'Insights') {
          const first = part(page, 'insight').first();
          await first.getByTestId('insight-details').click();
          for (const fold of await first.locator('summary').all()) await fold.click();
        }
        await accessible(page, `${theme} ${name}`);
      }
    });
    await t.test('with the help open', async () => {
      await page.getByRole('button', { name: /Help/ }).first().click();
      await accessible(page, `${theme} help`);
      await page.keyboard.press('Escape');
    });
    await t.test('with a menu open', async () => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await accessible(page, `${theme} menu`);
      await page.keyboard.press('Escape');
    });
  }, options));
}

const background = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function choose(page, menu, item) {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('button', { name: item, exact: true }).click();
  await idle(page);
}

test('the theme follows the system until it is chosen, and the choice stays', onPage(at, async page => {
  const light = await background(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background(page);
  assert.notEqual(dark, light);
  await choose(page, 'Settings', 'Light');
  assert.equal(await background(page), light);
  await page.reload();
  await started(page);
  assert.equal(await background(page), light, 'also after a reload');
  await choose(page, 'Settings', 'Dark');
  assert.equal(await background(page), dark);
}, { colorScheme: 'light' }));

/** Texts of the page's own, without what comes out of logs or is the same in every language. */
const ownWords = page =>
  page.evaluate(() => {
    const logs = '[data-testid="row"], [data-testid="facet-value"], [data-testid="detail"] pre, code, kbd, .mono, svg, option, [data-field] .facet-name';
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest(logs) || parent.getClientRects().length === 0) continue;
      found.push(node.textContent.trim());
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (!element.closest(logs)) found.push(element.ariaLabel ?? '', element.title ?? '', element.placeholder ?? '');
    }
    return [...new Set(found.filter(Boolean))];
  });

test('in Korean every sentence is Korean', onPage(at, async page => {
  await choose(page, 'Settings', '한국어');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ko');
  const english = async where => {
    // A sentence: three English words in a row and no Korean.
    const sentences = (await ownWords(page)).filter(it => /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(it) && !/\p{Script=Hangul}/u.test(it));
    assert.deepEqual(sentences, [], where);
  };
  await english('start');
  assert.ok((await page.locator('main').innerText()).includes('폴더 선택'));
  await accessible(page, 'korean start');
  await busyWhile(page, () => part(page, 'sample').click());
  await english('events');
  await accessible(page, 'korean events');
  await page.getByRole('tab', { name: /이상 징후/ }).click();
  await idle(page);
  await english('insights');
  await accessible(page, 'korean insights');
  await page.getByRole('tab', { name: /파일/ }).click();
  await idle(page);
  await english('files');
  await page.reload();
  await started(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ko', 'the choice stays');
  await choose(page, '설정', 'English');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
}));

test('a Korean browser gets Korean at once', onPage(at, async page => {
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ko');
}, { locale: 'ko-KR' }));

test('everything can be done by keyboard', onPage(at, async page => {
  const focused = () =>
    page.evaluate(() => {
      const it = document.activeElement;
      return `${it.tagName} ${it.dataset.testid ?? ''} ${it.ariaLabel ?? ''} ${it.innerText ?? ''}`.trim();
    });
  const tabTo = async (wanted, most = 60) => {
    for (let steps = 0; steps < most; steps += 1) {
      await page.keyboard.press('Tab');
      if (wanted.test(await focused())) return;
    }
    assert.fail(`Tab never came to ${wanted}`);
  };
  await tabTo(/Choose a folder/);
  await tabTo(/Choose files/);
  await tabTo(/sample/);
  await busyWhile(page, () => page.keyboard.press('Enter'));

  await page.keyboard.press('/');
  assert.match(await focused(), /INPUT filter/);
  await busyWhile(page, () => page.keyboard.type('outcome:denied'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await idle(page);
  await part(page, 'detail').waitFor();
  await page.keyboard.press('Escape');
  await part(page, 'detail').waitFor({ state: 'detached' });
  await page.keyboard.press('3');
  await part(page, 'insights').waitFor();
  await page.keyboard.press('1');
  await part(page, 'table').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' }).catch(() => page.getByRole('dialog').waitFor({ state: 'hidden' }));
}));

test('small windows scroll nowhere sideways', onPage(at, async page => {
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok((await sideways()) <= 0, 'the start');
  await loaded(page);
  for (const width of [1100, 800, 480]) {
    await page.setViewportSize({ width, height: 800 });
    await idle(page);
    assert.ok((await sideways()) <= 0, `${width} pixels: ${await sideways()} too wide`);
    await picture(page, `width ${width}`);
  }
}, { viewport: { width: 480, height: 800 } }));
