// Follows every link and presses every button: nothing may break that nobody thought of.
import type { Page, Request } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { groups } from '../support/groups.ts';
import { connection, pages } from '../support/pages.ts';

// Of links that differ by a value alone a few are enough, and of how a list or the tree is shown each kind once.
const shapeOf = ({ pathname, searchParams }: URL) => {
  const keys = new Set([...searchParams.keys()].filter((key) => !/^(open|shut)$/.test(key)));
  const shown = [...keys].filter((key) => SHOWN.test(key)).slice(0, 1);
  return pathname + [...keys].filter((key) => !SHOWN.test(key)).sort() + shown;
};
const SHOWN = /^(hide|rows|sort|by|health|format|all|figures|page|row)$/;

test('every link of the sample leads to a page', async ({ request }) => {
  const seen = new Set(['/']);
  const shapes = new Map<string, number>();
  const broken: string[] = [];
  const follow = async (path: string) => {
    const answer = await request.get(path, { maxRedirects: 0 });
    if (answer.status() >= 400) broken.push(`${answer.status()} ${path}`);
    if (!answer.headers()['content-type']?.startsWith('text/html')) return;
    for (const [, href] of (await answer.text()).matchAll(/<a[^>]* href="([^"]*)"/g)) {
      const url = new URL(href!.replaceAll('&amp;', '&'), new URL(path, 'http://console'));
      // The sentinels fail on purpose.
      if (url.origin !== 'http://console' || /faults|err[-_]/.test(url.search)) continue;
      // What other tests make may be gone before it is asked for.
      if (/_[0-9a-f]{8}\b/.test(url.search)) continue;
      const shape = shapeOf(url);
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
      if (shapes.get(shape)! <= 2) seen.add(url.pathname + url.search);
    }
  };
  // A few at a time: each waits for the console most of the time.
  for (let done = 0; done < seen.size; ) {
    const next = [...seen].slice(done, done + 8);
    done += next.length;
    await Promise.all(next.map(follow));
  }
  expect(seen.size).toBeGreaterThan(100);
  expect(broken).toEqual([]);
});

const places = new Set(Object.values(pages).map((path) => path.split('?')[0]));

/** What is under way between the page and the console. */
function underWay(page: Page): Set<Request> {
  const open = new Set<Request>();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return open;
}

/** Presses each button of a page, on the page as it was before. */
async function pressAll(page: Page, requests: Set<Request>, name: string, path: string) {
  const open = async () => {
    await page.goto(path);
    // Its buttons are others once scripts run.
    if (name === 'destination-import') await expect(page.getByLabel('Choose a file')).toBeEnabled();
  };
  await open();
  // What stands above every page is pressed on one of them.
  const within = name === 'home' ? page.locator('body') : page.getByRole('main');
  const buttons = within.locator('button:visible:enabled, summary:visible');
  // Of those that differ by a number or by what they copy, such as one a row, the first is enough.
  const kinds = new Map<string, number>();
  for (const [index, button] of (await buttons.all()).entries()) {
    const kind = ((await button.getAttribute('aria-label')) ?? (await button.innerText())).replace(/\d+|(?<=^Copy ).*/g, '#');
    if (!kinds.has(kind)) kinds.set(kind, index);
  }
  const alerts = page.getByRole('alert');
  let asItWas = true;
  for (const [kind, index] of kinds) {
    if (!asItWas) await open();
    // What copies changes nothing.
    asItWas = kind.startsWith('Copy');
    const before = await alerts.allInnerTexts();
    await buttons.nth(index).click();
    await expect.poll(() => requests.size, `what “${kind}” asks for`).toBe(0);
    const title = page.getByRole('heading', { level: 1 });
    await expect(title).toBeVisible();
    await expect(title).not.toHaveText('Not found');
    expect(places, `where “${kind}” leads`).toContain(new URL(page.url()).pathname);
    const alarms = (await alerts.allInnerTexts()).filter((text) => !before.includes(text));
    expect(alarms, `what “${kind}” sets off`).toEqual([]);
  }
}

for (const [title, group] of Object.entries(groups)) {
  test(`every button of ${title} can be pressed`, async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const requests = underWay(page);
    for (const [name, path] of group) await test.step(name, () => pressAll(page, requests, name, path));
  });
}

test('the theme that is chosen stays after a reload', async ({ page }) => {
  await page.goto(pages.home!);
  await page.getByLabel('Theme').click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test(`a namespace of 230 tables in the browser: few nodes, every row within reach`, async ({ page }) => {
  await page.goto(`/c/${connection}/ns?ns=partners&tab=tables`);
  const row = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true });
  await expect(row('feed_001')).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3_000);
  await page.getByRole('main').hover();
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(row('feed_230')).toBeVisible({ timeout: 500 });
  }).toPass();
});
