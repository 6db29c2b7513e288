// What opens something: it stands in the browser that it was given to, and nowhere else.
import { ask, form, navigation } from '../attack/support/ask.ts';
import { main, press } from '../support/act.ts';
import { PASSWORD } from '../support/console.ts';
import { pageOf } from '../support/guarded.ts';
import { agree, arrive, arriveFrom, expect, signIn, test } from '../support/people.ts';
import { everything, PAGES, sightings } from '../support/secrets.ts';

test('cookies are what they say, and no more', async ({ withPasswords, withProvider }) => {
  const console = await withPasswords({ ana: 'admin' });
  const post = (path: string, body: string, cookie = '') => ask(console.url, path, { method: 'POST', headers: { ...form, cookie }, body });
  const credentials = new URLSearchParams({ user: 'ana', password: PASSWORD }).toString();
  const first = await post('/sign-in', credentials);
  const name = `crowsnest-${console.port}`;
  const set = (answer: { headers: { 'set-cookie'?: string[] } }) => answer.headers['set-cookie'] ?? [];
  expect(set(first)).toEqual([expect.stringMatching(new RegExp(`^${name}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax$`))]);
  const cookie = set(first)[0]!.split(';')[0]!;
  // Another one at each sign-in, and the one before opens nothing any more.
  const second = await post('/sign-in', credentials, cookie);
  const newer = set(second)[0]!.split(';')[0]!;
  expect(newer).not.toBe(cookie);
  const open = async (cookie: string) => (await ask(console.url, '/you', { headers: { ...navigation, cookie } })).status === 200;
  expect([await open(cookie), await open(newer)]).toEqual([false, true]);
  // Nothing that is asked for sets one, whoever made it up is nobody.
  for (const path of PAGES.concat('/no/such/page', '/healthz')) expect(set(await ask(console.url, path, { headers: { ...navigation, cookie: newer } })), path).toEqual([]);
  for (const odd of [`${name}=${'x'.repeat(43)}`, `${name}=`, `${name}=${'x'.repeat(5000)}`, `${name}=%00`, `crowsnest-1=${newer.split('=')[1]}`]) expect(await open(odd), odd.slice(0, 40)).toBe(false);
  const out = await post('/sign-out', '', newer);
  expect(set(out)).toEqual([`${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`]);
  expect(out.headers['clear-site-data']).toBe('"cache", "storage"');
  expect(await open(newer)).toBe(false);
  for (const answer of [first, second, out]) expect(answer.headers['cache-control']).toContain('no-store');

  const { console: other } = await withProvider();
  const begun = await ask(other.url, '/sign-in/at/work');
  expect(set(begun)).toEqual([expect.stringMatching(new RegExp(`^crowsnest-sign-in-${other.port}=\\w{8}\\.[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600$`))]);
  expect(begun.headers['referrer-policy']).toBe('no-referrer');
});

test('no secret of a provider’s sign-in stands anywhere', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const page = await visit(console, { javaScript: false });
  const urls: URL[] = [];
  page.on('request', (request) => urls.push(new URL(request.url())));
  await page.goto('/you');
  await page.getByRole('link', { name: /^Sign in with/ }).click();
  const [attempt] = await page.context().cookies(console.url);
  await agree(page, 'ana');
  await expect(main(page)).toContainText('Ana Admin');
  const back = urls.find(({ pathname }) => pathname === '/sign-in/back/work')!;
  const [session] = await page.context().cookies(console.url);
  const secrets: Record<string, string> = {
    'the client’s secret': provider.clientSecret,
    'the code': back.searchParams.get('code')!,
    'the state': back.searchParams.get('state')!,
    'the attempt': attempt!.value.split('.')[1]!,
    'the session': session!.value,
  };
  provider.given.forEach((token, index) => (secrets[`token ${index}`] = token));
  expect(provider.given.length).toBeGreaterThan(1);
  // One that fails is told of, too.
  provider.refuses = { status: 400, error: 'invalid_grant' };
  await page.goto('/sign-in');
  await page.getByRole('link', { name: /^Sign in with/ }).click();
  await expect(main(page)).toContainText('is over or was used already');
  const places = await everything(console, `${session!.name}=${session!.value}`);
  places['the address'] = page.url().replace(/\?.*/, '');
  expect(sightings(secrets, places)).toEqual([]);
  // What is shown in a page, kept in the record and in the file is found there.
  expect(sightings({ planted: 'Ana Admin' }, places).length).toBeGreaterThan(3);
});

test('no token that was renewed stands anywhere, nor the one before it', async ({ withGuarded, visit }) => {
  const { console, provider, catalog } = await withGuarded();
  const page = await visit(console, { javaScript: false, expect: [/status of 502/] });
  provider.lifetime = 1;
  const cookie = await arriveFrom(page, provider, 'ana');
  provider.lifetime = 600;
  // Renewed from the half of its second on; nobody waits for that while it is good.
  await expect(async () => {
    await page.goto(pageOf('ana'));
    await expect(main(page)).toContainText('read by ana', { timeout: 1 });
    expect(provider.renewals).toBe(1);
  }).toPass({ timeout: 15_000 });
  const secrets: Record<string, string> = { 'the client’s secret': provider.clientSecret, 'the session': cookie.split('=')[1]! };
  provider.given.forEach((token, index) => (secrets[`given ${index}`] = token));
  // A code and an ID token, an access token and one to renew it with; then all but the code again.
  expect(provider.given).toHaveLength(7);
  expect(provider.given).toEqual(expect.arrayContaining([...catalog.tokens]));
  const here = await everything(console, cookie);
  expect(sightings(secrets, here)).toEqual([]);
  expect(sightings({ planted: 'Ana Admin' }, here).length).toBeGreaterThan(3);
  // A catalog that says no, and a provider that does, are told of; then nobody is here any more.
  provider.refuses = { status: 400, error: 'invalid_grant' };
  provider.revoke();
  await page.goto(pageOf('ana'));
  expect(sightings(secrets, await everything(console, cookie))).toEqual([]);
  await console.kill();
  expect(sightings(secrets, console.files())).toEqual([]);
  await console.start();
});

test('no password, session or token stands anywhere', async ({ withPasswords, visit }) => {
  const console = await withPasswords({ ana: 'admin' });
  const page = await visit(console, { javaScript: false });
  const wrong = 'a wrong password, typed once';
  await page.goto('/you');
  await signIn(page, 'ana', wrong);
  await arrive(page, console, 'ana');
  await page.goto('/you');
  await page.getByLabel('Name', { exact: true }).fill('nightly job');
  await press(page, 'Make a token');
  const token = /crowsnest_[\w-]{43}/.exec(await main(page).innerText())![0];
  await page.request.get('/you', { headers: { authorization: `Bearer ${token}` } });
  const weak = 'too short one';
  await page.goto('/you');
  await page.getByLabel('The one you have').fill(PASSWORD);
  await page.getByLabel('New password').fill(weak);
  await press(page, 'Change it, and sign out everywhere');
  await page.goto('/people');
  const given = 'words for somebody who is new';
  await page.locator('section').getByLabel('Name', { exact: true }).fill('bo');
  await page.locator('section').getByLabel('New password').fill(given);
  await press(page, 'Add');
  // A name that nobody has may be a password, typed into the wrong field.
  const unknown = 'a-name-that-nobody-has';
  await page.request.post('/sign-in', { form: { user: unknown, password: wrong }, headers: { origin: console.url } });
  const { name, value } = (await page.context().cookies())[0]!;
  const secrets = { 'a password': PASSWORD, 'a wrong password': wrong, 'a weak one': weak, 'one that was given': given, 'a token': token, 'a session': value, 'a name that nobody has': unknown };
  const running = await everything(console, `${name}=${value}`);
  expect(sightings(secrets, running)).toEqual([]);
  expect(sightings({ planted: 'nightly job' }, running).join()).toMatch(/audit.*crowsnest\.db/);
  expect(sightings({ planted: 'provider call' }, { log: `${console.log} provider call` }), 'the search looks into logs').toHaveLength(1);
  // Once the file is whole again, too.
  await console.kill();
  expect(sightings(secrets, console.files())).toEqual([]);
  await console.start();
});

test('killed in the middle of sign-ins, it knows every session that it had given out', async ({ withPasswords }) => {
  const console = await withPasswords({ ana: 'admin', eve: 'editor', vic: 'viewer', bo: 'viewer' });
  const people = ['ana', 'eve', 'vic', 'bo'];
  const given: string[] = [];
  const open = async (cookie: string) => (await ask(console.url, '/you', { headers: { ...navigation, cookie } })).status === 200;
  const arrives = async (user: string) => {
    const body = new URLSearchParams({ user, password: PASSWORD }).toString();
    const answer = await ask(console.url, '/sign-in', { method: 'POST', headers: { ...form, 'x-forwarded-for': '10.1.1.1' }, body });
    if (answer.status === 303) given.push(answer.headers['set-cookie']![0]!.split(';')[0]!);
  };
  for (let times = 0; times < 2; times++) {
    const before = given.length;
    const coming = [...people, ...people].map((user) => arrives(user).catch(() => undefined));
    // Some have arrived, and others are on their way.
    await expect.poll(() => given.length, { intervals: [1] }).toBeGreaterThan(before + 1);
    await console.kill();
    await Promise.all(coming);
    const { code, said } = await console.run(['check-store']);
    expect(said).toContain('The file of the store is whole.');
    expect(code).toBe(0);
    await console.start();
    for (const cookie of given) expect(await open(cookie), 'a session of before').toBe(true);
  }
  await arrives('ana');
  expect(await open(given.at(-1)!)).toBe(true);
});
