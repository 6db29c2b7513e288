// No text becomes markup: whatever an address, a form or the catalog says, the page stays ours, in the
// browser too, and goes nowhere.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { groups } from '../support/groups.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

const ENDS = '</title></textarea></script></style></noscript></select></svg>-->]]>"\'>';
const BEGINS = '<!--<script><style><textarea><title><![CDATA[<noscript>';
const PLANTED = '<x-planted></x-planted><meta http-equiv=refresh content="0;url=//planted.test"><link rel=prefetch href=//planted.test>';
// The first line break of a text area is dropped by parsers. In all fields together it is no longer than an address may be.
const TEXT = `\n${ENDS}${PLANTED}${BEGINS}`;
const FIELDS = ['w', 'ns', 't', 'v', 'name', 'q', 'message', 'role', 'principal', 'path', 'location', 'tab', 'scope', 'client_id', 'rest_catalog_url'];

/** The page runs, stays where it is, and holds nothing that the text would have brought. */
async function holds(page: Page, origin: string) {
  await expect(page.locator('main, [role=alert]').first()).toBeVisible();
  // Its code has taken over, and has asked for what it wants.
  await page.waitForLoadState('networkidle');
  await expect(page.locator('x-planted, meta[http-equiv], link[href*="planted.test"]')).toHaveCount(0);
  expect(new URL(page.url()).origin).toBe(origin);
}

for (const [title, group] of Object.entries(groups)) {
  test(`${title} stay what they are`, async ({ page, problems, baseURL }) => {
    problems.expect(/status of [45]\d\d/);
    const { origin } = new URL(baseURL!);
    for (const [name, path] of group) {
      await test.step(name, async () => {
        const url = new URL(path, baseURL);
        for (const field of FIELDS) url.searchParams.set(field, TEXT);
        expect((await page.goto(url.href))!.status(), 'a page was made').not.toBe(414);
        await holds(page, origin);
      });
    }
  });
}

test('a title and a text area show the text itself, and what is typed lives on', async ({ page }) => {
  const text = `\n &amp; ${TEXT}`;
  await page.goto(`/troubleshooting?q=${encodeURIComponent(text)}`);
  const area = page.getByRole('textbox');
  await expect(area).toHaveValue(text);
  await area.fill('connection refused');
  await expect(page.getByRole('article').first()).toContainText('Connection refused');
});

test('a policy keeps its content, to the letter', async ({ page }) => {
  const [name, content] = [fresh('policy'), JSON.stringify({ version: '2025-02-03', enable: true, config: { note: TEXT } })];
  await page.goto(polarisPath('policy-new', ['w', 'lakehouse'], ['ns', 'sales']));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Content (JSON)').fill(content);
  await page.getByRole('button', { name: 'Create policy' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.reload();
  await expect(page.getByLabel('Content (JSON)')).toHaveValue(content);
  // Come to without a reload.
  await page.getByRole('main').getByRole('link', { name: 'Policies', exact: true }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByLabel('Content (JSON)')).toHaveValue(content);
  await expect(page.locator('x-planted')).toHaveCount(0);
});

test('a name is the title as it is', async ({ page }) => {
  const name = `${fresh('role')}${ENDS}<x-planted>`;
  await page.goto(polarisPath('principal-role-new'));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create principal role' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page).toHaveTitle(`${name} · sample-polaris · Crowsnest`);
  await page.reload();
  await expect(page).toHaveTitle(`${name} · sample-polaris · Crowsnest`);
});
