// People whom a proxy has signed in, which comes by a socket of its own.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ask, navigation } from '../attack/support/ask.ts';
import { heading, main } from '../support/act.ts';
import { Balancer } from '../support/balancer.ts';
import { Console } from '../support/console.ts';
import { expect, test } from '../support/people.ts';

test('whom the proxy names by its socket is in, and nobody else is whom they name', async ({ ends, visit }) => {
  const [front, console] = await Promise.all([Balancer.start(), Console.prepare()]);
  ends(front);
  ends(console);
  const socketPath = join(console.folder, 'proxy.sock');
  front.add({ socketPath });
  console.configure('sign_in = "proxy"', `public_url = "${front.url}"`, 'proxy_user_header = "X-Forwarded-User"', 'proxy_groups_header = "X-Forwarded-Groups"', `proxy_socket = "${socketPath}"`, 'admins = ["platform"]', 'viewers = ["staff"]');
  await console.start();
  expect(statSync(socketPath).mode & 0o777).toBe(0o660);

  front.says = { 'x-forwarded-user': 'ana@example.com', 'x-forwarded-groups': 'platform', 'x-forwarded-for': '203.0.113.7' };
  const page = await visit(front);
  await page.goto(`${front.url}/you`);
  await expect(page.getByRole('banner').getByRole('link', { name: 'ana@example.com' })).toBeVisible();
  await expect(main(page).getByRole('link', { name: 'People' })).toBeVisible();
  await page.goto(`${front.url}/audit`);
  await expect(heading(page)).toHaveText('Record of changes');

  // Whoever reaches its port says it for nothing.
  const forged = await ask(console.url, '/you', { headers: { ...navigation, host: front.host, 'x-forwarded-user': 'ana@example.com', 'x-forwarded-groups': 'platform' } });
  expect(forged.status).toBe(403);
  const nobody = await ask(console.url, '/you', { headers: { ...navigation, host: front.host } });
  expect(nobody.status).toBe(303);

  // What a process that was killed left behind is in nobody's way.
  await console.kill();
  expect(statSync(socketPath).isSocket()).toBe(true);
  await console.start();
  await page.goto(`${front.url}/you`);
  await expect(main(page).getByRole('link', { name: 'People' })).toBeVisible();
});
