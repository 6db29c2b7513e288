// People who come from a provider of OpenID Connect, a real one: what goes well, and what goes wrong there and on the way.
import type { Page } from '@playwright/test';
import { ask, navigation } from '../attack/support/ask.ts';
import { follow, heading, main, press } from '../support/act.ts';
import { Console } from '../support/console.ts';
import { agree, expect, signInAt, test } from '../support/people.ts';
import { namespacePath } from '../support/place.ts';
import { IdentityProvider, ROLES } from '../support/provider.ts';
import { texts } from '../support/read.ts';

const deep = `${namespacePath('sample-generic', { warehouse: 'lakehouse', namespace: ['sales'] })}&tab=tables`;

const address = (page: Page) => page.url().slice(new URL(page.url()).origin.length);
const link = (page: Page, { label }: IdentityProvider) => page.getByRole('link', { name: `Sign in with ${label}` });

/** Nobody is signed in: a page leads to where that changes. */
async function expectNobody(page: Page) {
  await page.goto('/you');
  await expect(heading(page)).toHaveText('Sign in');
}

for (const javaScript of [true, false]) {
  const how = javaScript ? '' : ', without JavaScript';

  test(`comes in through the provider to where they wanted to be, and goes out there too${how}`, async ({ withProvider, visit }) => {
    const { console, provider } = await withProvider();
    const page = await visit(console, { javaScript });
    await signInAt(page, provider, 'ana', deep);
    await expect(heading(page)).toContainText('sales');
    expect(address(page)).toBe(deep);
    await page.goto('/you');
    await expect(main(page)).toContainText('Ana Admin');
    await expect(main(page)).toContainText(`By the provider ${provider.issuer}.`);
    await expect(main(page)).toContainText(/admin\s+Reads and changes everything, also who may do what/);

    await press(page, 'Sign out');
    await expect(main(page)).toContainText(`You may still be signed in at ${provider.label}`);
    await page.goBack();
    await expect(page.locator('body')).not.toContainText('Ana Admin');
    await page.goto('/you');
    await expect(heading(page)).toHaveText('Sign in');
    // The provider still knows them, so nobody asks for a name.
    await link(page, provider).click();
    await expect(main(page)).toContainText('Ana Admin');
    await press(page, 'Sign out');
    await follow(page, 'sign out there, too');
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(heading(page)).toHaveText('Sign in');
    await link(page, provider).click();
    await expect(page.getByLabel('Account')).toBeVisible();
    expect(provider.errors).toEqual([]);
  });
}

test('has the role that the provider gives today, and nobody changes it here', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const [page, other] = [await visit(console, { javaScript: false }), await visit(console, { javaScript: false })];
  await signInAt(other, provider, 'eve', '/you');
  await expect(main(other)).toContainText('Eve Editor');
  await signInAt(page, provider, 'ana', '/people');
  const row = main(page).getByRole('row').filter({ hasText: 'Eve Editor' });
  await expect(row).toContainText('editor');
  await expect(row).toContainText(provider.issuer);
  await expect(row.getByText('Change', { exact: true })).toHaveCount(0);
  await row.getByRole('button', { name: 'Let in no more' }).click();
  await other.reload();
  await link(other, provider).click();
  await expect(main(other)).toContainText('You may not come in here any more.');
  await expectNobody(other);
  await row.getByRole('button', { name: 'Let in again' }).click();
  // By what the provider says of them now.
  provider.tamper = (claims) => (claims.groups = ['catalog-admins']);
  await link(other, provider).click();
  await expect(main(other)).toContainText(/admin\s+Reads and changes everything, also who may do what/);
  await page.goto('/audit');
  const says = await texts(page);
  expect(says.filter((row) => row.includes('Signed in') && row.includes('Eve Editor'))).toHaveLength(2);
  expect(says.find((row) => row.includes('Disabled a person'))).toContain('Ana Admin');
});

test('whom no group lets in is told which values came, and has no session', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const page = await visit(console, { javaScript: false });
  await signInAt(page, provider, 'vic');
  await expect(main(page)).toContainText(`${provider.label} knows you, and you have no role here`);
  for (const value of ['groups', 'sales', 'canteen']) await expect(main(page)).toContainText(value);
  expect((await page.context().cookies(console.url)).filter(({ name }) => name === `crowsnest-${console.port}`)).toEqual([]);
  await expectNobody(page);
});

test('two tabs sign in at once, and both arrive where each wanted to be', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const one = await visit(console, { javaScript: false });
  const two = await one.context().newPage();
  await one.goto('/you');
  await two.goto(deep);
  await link(one, provider).click();
  await expect(one.getByLabel('Account')).toBeVisible();
  await link(two, provider).click();
  await expect(two.getByLabel('Account')).toBeVisible();
  await agree(one, 'ana');
  await expect(main(one)).toContainText('Ana Admin');
  await two.getByLabel('Account').fill('ana');
  await two.getByRole('button', { name: 'Log in' }).click();
  await expect(heading(two)).toContainText('sales');
  expect(address(two)).toBe(deep);
});

test('what comes back serves once, in the browser that went, with the state that it left with', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const [page, other] = [await visit(console, { javaScript: false }), await visit(console, { javaScript: false })];
  const back: string[] = [];
  page.on('request', (request) => request.url().includes('/sign-in/back/') && back.push(request.url()));
  await signInAt(page, provider, 'ana', '/you');
  await expect(main(page)).toContainText('Ana Admin');
  const changed = new URL(back[0]!);
  changed.searchParams.set('state', `${changed.searchParams.get('state')!.slice(0, -1)}~`);
  const refusal = 'This sign-in was not begun in this browser, took longer than ten minutes, or has come back before.';
  for (const [who, url] of [[page, back[0]!], [other, back[0]!], [other, changed.href]] as const) {
    expect((await who.goto(url))!.status()).toBeGreaterThanOrEqual(400);
    await expect(main(who)).toContainText(refusal);
  }
  await expectNobody(other);
  await page.goto('/you');
  await expect(main(page), 'whoever is in stays in').toContainText('Ana Admin');
  // With the cookie of an attempt, and another state that differs from its own at the end alone.
  const begun = await ask(console.url, '/sign-in/at/work', { headers: navigation });
  const state = new URL(begun.headers.location!).searchParams.get('state')!;
  const cookie = begun.headers['set-cookie']!.map((line) => line.split(';')[0]).join('; ');
  const attempt = (query: Record<string, string>) =>
    ask(console.url, `/sign-in/back/work?${new URLSearchParams({ code: 'x', iss: provider.issuer, ...query })}`, { headers: { ...navigation, cookie } });
  const answer = await attempt({ state: `${state.slice(0, -1)}${state.endsWith('x') ? 'y' : 'x'}` });
  expect(answer.body).toContain('does not belong to a sign-in of this browser');
  expect((await attempt({ state })).body, 'it was used up, whatever came of it').toContain(refusal);
});

test('who does not agree reads why in words of the console alone', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  provider.denial = 'Your account is locked. Call 555-0100 and tell us your password <b>now</b>';
  const page = await visit(console, { javaScript: false });
  await page.goto('/you');
  await link(page, provider).click();
  await agree(page, 'ana', 'Deny');
  await expect(main(page)).toContainText(`${provider.label} did not let you in, or you did not agree.`);
  await expect(page.locator('body')).not.toContainText('555-0100');
  expect(new URL(page.url()).origin).toBe(console.url);
  await page.getByRole('link', { name: /Back/ }).click();
  await expect(link(page, provider)).toBeVisible();
});

/** What is wrong with an ID token, and what is said of it. */
const FORGED: Record<string, [(claims: Record<string, unknown>, header: Record<string, unknown>) => void, string]> = {
  audience: [(claims) => (claims.aud = 'another-program'), 'the ID token is for another program'],
  issuer: [(claims) => (claims.iss = 'https://provider.example'), 'the ID token is of another issuer'],
  nonce: [(claims) => (claims.nonce = 'another'), 'the ID token is of another sign-in'],
  expiry: [(claims) => (claims.exp = Number(claims.iat) - 3600), 'the ID token has expired'],
  signature: [(_, header) => (header.alg = 'none'), 'the ID token is signed in a way that is not believed'],
};

test('an ID token that does not stand lets nobody in', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const page = await visit(console, { javaScript: false });
  await page.goto('/you');
  for (const [which, [tamper, says]] of Object.entries(FORGED)) {
    await test.step(which, async () => {
      provider.tamper = tamper;
      await page.goto('/sign-in');
      await link(page, provider).click();
      const account = page.getByLabel('Account');
      await expect(account.or(main(page).getByText(says))).toBeVisible();
      if (await account.isVisible()) await agree(page, 'ana');
      await expect(main(page)).toContainText(says);
    });
  }
  await expectNobody(page);
});

test('a provider that is away, slow, or says no is named, and nothing goes in a circle', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const page = await visit(console, { javaScript: false, expect: [/status of 50[234]/] });
  await provider.down();
  const visited: string[] = [];
  page.on('framenavigated', (frame) => visited.push(frame.url()));
  await page.goto('/you');
  await link(page, provider).click();
  await expect(main(page)).toContainText(`${provider.label} cannot be reached.`);
  expect(visited.length, visited.join(' ')).toBeLessThan(5);
  await provider.up();
  // It is asked again a second after it was away.
  const account = page.getByLabel('Account');
  await expect(async () => {
    await page.goto('/you');
    await link(page, provider).click();
    await expect(account.or(page.getByText('cannot be reached'))).toBeVisible();
    expect(await account.isVisible()).toBe(true);
  }).toPass({ intervals: [1500] });
  provider.refuses = { status: 400, error: 'invalid_grant' };
  await agree(page, 'ana');
  await expect(main(page)).toContainText(`Your sign-in at ${provider.label} is over or was used already.`);
  provider.refuses = { status: 503, error: 'temporarily_unavailable' };
  await page.goto('/you');
  await link(page, provider).click();
  await expect(main(page)).toContainText(`${provider.label} cannot answer now (status 503).`);
  provider.refuses = undefined;
  let open = () => {};
  provider.hold(new Promise((done) => (open = done)));
  await page.goto('/you');
  await link(page, provider).click();
  await expect(main(page)).toContainText(`${provider.label} did not answer in time.`);
  open();
  await expectNobody(page);
});

test('what one provider gave is not taken for another’s', async ({ visit, ends }) => {
  const console = await Console.prepare();
  ends(console);
  const [work, partner] = [await IdentityProvider.start(console.url), await IdentityProvider.start(console.url, 'partner', 'A Partner')];
  [work, partner].forEach(ends);
  console.configure('sign_in = "oidc"', ROLES, work.settings, partner.settings);
  await console.start();
  const page = await visit(console, { javaScript: false });
  await page.goto('/you');
  await expect(page.getByRole('link', { name: /^Sign in with/ })).toHaveCount(2);
  // From the one, with the other's name; then at the other's address.
  const begin = async (id: string) => {
    const begun = await ask(console.url, `/sign-in/at/${id}`, { headers: navigation });
    return { state: new URL(begun.headers.location!).searchParams.get('state')!, cookie: begun.headers['set-cookie']!.map((line) => line.split(';')[0]).join('; ') };
  };
  const back = async (id: string, { state, cookie }: { state: string; cookie: string }, iss: string | undefined) => {
    const query = new URLSearchParams({ code: 'a-code', state, ...(iss && { iss }) });
    return ask(console.url, `/sign-in/back/${id}?${query}`, { headers: { ...navigation, cookie } });
  };
  const asked = () => [work, partner].flatMap(({ asked }) => asked.filter((one) => one === 'POST /token'));
  for (const iss of [partner.issuer, undefined]) {
    const answer = await back('work', await begin('work'), iss);
    expect(answer.body).toContain(`What came back does not come from ${work.label}.`);
    expect(answer.headers['set-cookie']?.join() ?? '').not.toContain(`crowsnest-${console.port}=`);
  }
  expect((await back('partner', await begin('work'), partner.issuer)).body).toContain('This sign-in was not begun in this browser');
  expect(asked(), 'no code was sent to anybody').toEqual([]);
  await link(page, partner).click();
  await agree(page, 'eve');
  await expect(main(page)).toContainText(`By the provider ${partner.issuer}.`);
});

test('who asks under another host name does not change where a provider leads back to', async ({ withProvider }) => {
  const { console, provider } = await withProvider('public_url = "https://crowsnest.example.com"', 'allowed_hosts = ["crowsnest.example.com"]');
  const forged = [
    { host: 'evil.example' },
    { host: console.host, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil.example' },
    { host: 'crowsnest.example.com', 'x-original-host': 'evil.example' },
  ];
  const answers = await Promise.all(forged.map((headers) => ask(console.url, '/sign-in/at/work', { headers: { ...navigation, ...headers } })));
  expect(answers[0]!.status).toBe(421);
  for (const answer of answers.slice(1)) {
    const to = new URL(answer.headers.location!);
    expect(to.origin).toBe(provider.issuer);
    expect(to.searchParams.get('redirect_uri')).toBe('https://crowsnest.example.com/sign-in/back/work');
    expect(to.searchParams.get('code_challenge_method')).toBe('S256');
    expect(to.searchParams.get('nonce')!.length).toBeGreaterThan(40);
    expect(answer.headers['set-cookie']!.join()).toMatch(/^__Host-Http-crowsnest-sign-in=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/);
  }
  const absolute = await ask(console.url, 'http://evil.example/sign-in/at/work', { headers: { ...navigation, host: console.host } });
  expect(absolute.headers.location ?? '').not.toContain('evil.example');
});

test('where somebody wanted to go is a page of the console, whatever an address says', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const page = await visit(console, { javaScript: false });
  for (const to of ['//evil.example/', 'https://evil.example/', '/\\evil.example', '/%2e%2e//evil.example', 'javascript:alert(1)', '/sign-in/out/work']) {
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    expect(await link(page, provider).getAttribute('href'), to).not.toContain('evil');
  }
  await page.goto(`/sign-in/at/work?to=${encodeURIComponent('//evil.example/')}`);
  await agree(page, 'ana');
  await expect(page).toHaveURL(`${console.url}/`);
});
