// Two consoles on one PostgreSQL, behind what gives each request to the next of them: for people there is one.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, navigation } from '../attack/support/ask.ts';
import { follow, heading, main, press } from '../support/act.ts';
import { Balancer } from '../support/balancer.ts';
import { Console } from '../support/console.ts';
import { Guarded, pageOf } from '../support/guarded.ts';
import { arriveFrom, expect, signInAt, test } from '../support/people.ts';
import { Postgres } from '../support/postgres.ts';
import { IdentityProvider, ROLES } from '../support/provider.ts';
import { texts } from '../support/read.ts';
import { sightings } from '../support/secrets.ts';

test('who signs in at one is signed in at both, until they are at neither', async ({ ends, visit }) => {
  const [database, front] = await Promise.all([Postgres.start(), Balancer.start()]);
  [database, front].forEach(ends);
  const provider = await IdentityProvider.start(front.url);
  ends(provider);
  const catalog = await Guarded.start(provider);
  ends(catalog);
  const key = randomBytes(32).toString('base64');
  const consoles = await Promise.all(
    [1, 2].map(async () => {
      const console = await Console.prepare();
      ends(console);
      const [address, keyFile] = ['database', 'key'].map((name) => join(console.folder, name));
      writeFileSync(address!, database.url, { mode: 0o600 });
      writeFileSync(keyFile!, key, { mode: 0o600 });
      console.configure('sign_in = "oidc"', ROLES, `public_url = "${front.url}"`, `database_url_file = "${address}"`, `store_key_file = "${keyFile}"`, provider.settings, catalog.settings);
      front.add({ port: console.port });
      return console;
    }),
  );
  // At once, on an empty database.
  await Promise.all(consoles.map((console) => console.start()));
  const known = (cookie: string) =>
    Promise.all(consoles.map(async ({ url }) => (await ask(url, '/you', { headers: { ...navigation, host: front.host, cookie } })).status === 200));

  // On the way there and back both have a part.
  const page = await visit(front, { javaScript: false });
  await signInAt(page, provider, 'ana', '/c/guarded/ns');
  await expect(main(page)).toContainText('of_ana');
  const session = async () => {
    const cookie = (await page.context().cookies(front.url)).find(({ name }) => name === `crowsnest-${front.port}`)!;
    return `${cookie.name}=${cookie.value}`;
  };
  expect(await known(await session())).toEqual([true, true]);
  // What one of them shows the other makes.
  await follow(page, 'New namespace');
  await page.getByLabel('Name', { exact: true }).fill('made_by_ana');
  await press(page, 'Preview');
  await press(page, 'Create namespace');
  await expect(heading(page)).toHaveText('made_by_ana');
  const before = await session();

  // Renewed once, whichever of them is asked.
  const other = await visit(front, { javaScript: false });
  provider.lifetime = 1;
  const cookie = await arriveFrom(other, provider, 'ana');
  provider.lifetime = 600;
  await expect.poll(() => provider.owner(provider.given.at(-2)!), { intervals: [100] }).toBeUndefined();
  const asked = Array.from({ length: 20 }, () => ask(front.url, pageOf('ana'), { headers: { ...navigation, cookie } }));
  for (const { body } of await Promise.all(asked)) expect(body).toContain('read by ana');
  expect(provider.renewals).toBe(1);

  // Ended from elsewhere, then by whoever has it.
  await page.goto('/you');
  await main(page).getByRole('row').getByRole('button', { name: 'End', exact: true }).click();
  await expect(main(page).getByRole('row').getByRole('button', { name: 'End', exact: true })).toHaveCount(0);
  expect(await known(cookie)).toEqual([false, false]);
  await page.goto('/audit');
  expect((await texts(page)).find((row) => row.includes('made_by_ana'))).toMatch(/Ana Admin .*guarded.*done/);
  await page.goto('/you');
  await press(page, 'Sign out');
  await expect(main(page)).toContainText('You are signed out');
  expect(await known(before)).toEqual([false, false]);

  for (const console of consoles) expect(await console.checkStore()).toMatch(/is whole\. Its record has [1-9]\d* rows, each linked to the one before/);
  const secrets: Record<string, string> = { 'the client’s secret': provider.clientSecret, 'the key': key };
  [before, cookie].forEach((cookie, index) => (secrets[`session ${index}`] = cookie.split('=')[1]!));
  provider.given.forEach((token, index) => (secrets[`given ${index}`] = token));
  const places = { dump: database.dump(), 'log of one': consoles[0]!.log, 'log of the other': consoles[1]!.log };
  expect(sightings(secrets, places)).toEqual([]);
  expect(sightings({ planted: 'Ana Admin' }, { dump: places.dump }), 'the search looks into dumps').not.toEqual([]);
});
