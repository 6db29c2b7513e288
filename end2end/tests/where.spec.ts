// Where a page is, and the same place elsewhere: by keyboard, in the rail, in print, in forced colours, in local time.
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { namespacePath, tablePath, viewPath } from '../support/place.ts';
import { polarisPath } from '../support/polaris.ts';

const sales = { namespace: ['sales'] };

test('a branch is switched by keyboard, and the tab stays', async ({ page }) => {
  await page.goto(tablePath('sample-nessie', sales, 'orders', 'schema'));
  const bar = page.getByRole('navigation', { name: 'Place' });
  await expect(bar).toContainText('configured');
  await expect(bar.getByRole('link', { name: 'main', exact: true })).toBeVisible();
  const opens = bar.getByLabel('Other branches and tags');
  await opens.focus();
  await page.keyboard.press('Enter');
  const menu = bar.locator('details').filter({ has: page.getByLabel('Other branches and tags') });
  const others = menu.getByRole('link', { name: /branch$|tag$/ });
  await expect(others.first()).toBeVisible();
  await accessible(page);
  // Escape leads back to what opens it.
  await others.first().focus();
  await page.keyboard.press('Escape');
  await expect(others.first()).toBeHidden();
  await expect(opens).toBeFocused();
  await page.keyboard.press('Enter');
  const staging = menu.getByRole('link', { name: 'staging branch' });
  await staging.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/c\/sample-nessie\/t\/schema\?ref=staging&ns=sales&t=orders/);
  await expect(bar.getByRole('link', { name: 'staging', exact: true })).toBeVisible();
  await expect(staging).toBeHidden();
});

test('the menu of catalogs leads to the same name in another', async ({ page }) => {
  await page.goto(viewPath('sample-generic', sales, 'revenue_by_day'));
  const bar = page.getByRole('navigation', { name: 'Place' });
  await bar.getByLabel('Other catalogs').click();
  await bar.getByRole('link', { name: 'sample-nessie' }).click();
  await expect(page).toHaveURL(/\/c\/sample-nessie\//);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('revenue_by_day');
});

test('what opens closes when something else is pressed', async ({ page }) => {
  await page.goto('/');
  const tools = page.getByRole('banner').getByText('Tools');
  const wizard = page.getByRole('banner').getByRole('link', { name: 'OLake destination' });
  await tools.click();
  await expect(wizard).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await expect(wizard).toBeHidden();
});

test('the rail marks the way to the page through navigation', async ({ page }) => {
  await page.goto(polarisPath('principals'));
  const rail = page.getByRole('navigation', { name: 'Sections' });
  const marked = rail.locator('[aria-current]');
  await expect(marked).toHaveText('Principals');
  await expect(marked).toHaveAttribute('aria-current', 'page');
  await page.getByRole('main').getByRole('link', { name: 'anna.steward', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('anna.steward');
  await expect(marked).toHaveText('Principals');
  await expect(marked).toHaveAttribute('aria-current', 'true');
  await rail.getByRole('link', { name: 'Browse' }).click();
  await expect(marked).toHaveText('Browse');
});

test('on paper there is the page alone, and all of it', async ({ page }) => {
  await page.goto(namespacePath('sample-generic', sales));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('tree')).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Place' })).toContainText('sales');
  await expect(page.locator('main button:visible')).toHaveCount(0);
  await page.setViewportSize({ width: 640, height: 900 });
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('main *')].filter((element) => {
      const { overflowX } = getComputedStyle(element);
      return overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
    }).map((element) => element.outerHTML.slice(0, 80)),
  );
  expect(cut).toEqual([]);
  await page.emulateMedia({ media: 'screen' });
});

test('in forced colours the open tab differs from the others', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(tablePath('sample-generic', sales, 'orders', 'schema'));
  const tabs = page.getByRole('navigation', { name: 'Table', exact: true });
  const line = (name: string) =>
    tabs.getByRole('link', { name, exact: true }).evaluate((tab) => getComputedStyle(tab).borderBottomColor);
  expect(await line('Schema')).not.toBe(await line('Overview'));
  expect(await line('Properties')).toBe(await line('Overview'));
  await page.emulateMedia({ forcedColors: 'none' });
});

test('tabs stay where they are when another one is opened', async ({ page }) => {
  await page.goto(tablePath('sample-generic', sales, 'orders'));
  const tabs = page.getByRole('navigation', { name: 'Table', exact: true }).getByRole('link');
  // Among each other: the line itself may be moved to show the one that is open.
  const lefts = async () => {
    const all = await tabs.evaluateAll((all) => all.map((tab) => tab.getBoundingClientRect().left));
    return all.map((x) => Math.round(x - all[0]!));
  };
  const before = await lefts();
  await tabs.filter({ hasText: 'Properties' }).click();
  await expect(tabs.filter({ hasText: 'Properties' })).toHaveAttribute('aria-current', 'page');
  expect(await lefts()).toEqual(before);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('nothing of the header overlaps, and the tools are there', async ({ page }) => {
    await page.goto(tablePath('sample-generic', sales, 'orders', 'raw'));
    const banner = page.getByRole('banner');
    const shown = banner.locator('a:visible, summary:visible');
    const boxes = await shown.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    boxes.sort((a, b) => a.left - b.left);
    for (const [at, box] of boxes.entries()) if (at) expect(box.left).toBeGreaterThanOrEqual(boxes[at - 1]!.right);
    expect(boxes.at(-1)!.right).toBeLessThanOrEqual(360);
    await banner.getByText('Tools').click();
    await expect(banner.getByRole('link', { name: 'Troubleshooting' })).toBeInViewport({ ratio: 1 });
    // The last of ten tabs was not in sight by itself.
    const tabs = page.getByRole('navigation', { name: 'Table', exact: true });
    await expect(tabs.getByRole('link', { name: 'Raw metadata' })).toBeInViewport({ ratio: 1 });
  });
});

test('local time stands beside UTC for who prefers it, and stays after a reload', async ({ page }) => {
  await page.goto(tablePath('sample-generic', sales, 'orders', 'snapshots'));
  const time = page.getByRole('main').locator('time').first();
  await expect(time).toContainText('UTC');
  await expect(time.getByText('local')).toBeHidden();
  await page.getByLabel('Theme and times').click();
  await page.getByRole('button', { name: 'UTC and local' }).click();
  await expect(time.getByText('local')).toBeVisible();
  await page.reload();
  await expect(time.getByText('local')).toBeVisible();
  await page.getByLabel('Theme and times').click();
  await expect(page.getByRole('button', { name: 'UTC and local' })).toHaveAttribute('aria-pressed', 'true');
});
