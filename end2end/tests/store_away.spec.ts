// The store goes away and comes back: whoever asks for readiness is told, nobody is believed meanwhile, nobody is signed out.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { heading, main } from '../support/act.ts';
import { arrive, expect, test } from '../support/people.ts';

test('while the store is away nobody is let in, readiness says so, and then all goes on', async ({ withPasswords, visit }) => {
  const console = await withPasswords({ ana: 'admin' });
  const page = await visit(console, { javaScript: false, expect: [/503/] });
  await arrive(page, console, 'ana');
  await page.goto('/you');
  await expect(heading(page)).toHaveText('You');
  const status = async (path: string) => (await page.request.get(path)).status();
  const [file, away] = ['crowsnest.db', 'elsewhere.db'].map((name) => join(console.folder, 'data/crowsnest', name)) as [string, string];
  renameSync(file, away);
  await expect.poll(() => status('/readyz'), { timeout: 20_000 }).toBe(503);
  expect(await (await page.request.get('/readyz')).text()).toMatch(/store/);
  expect(await status('/healthz')).toBe(200);
  expect((await page.goto('/you'))?.status()).toBe(503);
  renameSync(away, file);
  await expect.poll(() => status('/readyz'), { timeout: 20_000 }).toBe(200);
  expect((await page.goto('/you'))?.status()).toBe(200);
  await expect(main(page)).toContainText('ana');
});
