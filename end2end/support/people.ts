// The test of every spec about people: consoles, providers and browsers of its own, which end when it ends.
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { navigation } from '../attack/support/ask.ts';
import { Console, PASSWORD } from './console.ts';
import { Problems, tellOfPolicy, waitForFrame } from './fixtures.ts';
import { Guarded } from './guarded.ts';
import { IdentityProvider, ROLES } from './provider.ts';

export interface Visit {
  javaScript?: boolean;
  width?: number;
  /** What the browser's console may say. */
  expect?: RegExp[];
}

interface Stage {
  /** A console that runs, where people have passwords, and those who may come in. */
  withPasswords: (people: Record<string, string>, ...settings: string[]) => Promise<Console>;
  /** A console that runs, and the provider that people come from. */
  withProvider: (...settings: string[]) => Promise<{ console: Console; provider: IdentityProvider }>;
  /** The same, with a catalog that takes people for whom the provider's tokens are. */
  withGuarded: (...settings: string[]) => Promise<{ console: Console; provider: IdentityProvider; catalog: Guarded }>;
  /** Somebody's browser. */
  visit: (at: { url: string }, visit?: Visit) => Promise<Page>;
  /** Ended with the test. */
  ends: (what: { stop(): Promise<void> }) => void;
}

let addresses = 0;

export const test = base.extend<Stage>({
  ends: async ({}, use) => {
    const started: { stop(): Promise<void> }[] = [];
    await use((what) => void started.unshift(what));
    for (const what of started) await what.stop();
  },
  withPasswords: async ({ ends }, use) => {
    await use(async (people, ...settings) => {
      const console = await Console.prepare();
      ends(console);
      console.configure('sign_in = "password"', ...settings);
      for (const [name, role] of Object.entries(people)) await console.add(name, role);
      await console.start();
      return console;
    });
  },
  withProvider: async ({ ends }, use) => {
    await use(async (...settings) => {
      const console = await Console.prepare();
      ends(console);
      const provider = await IdentityProvider.start(console.url);
      ends(provider);
      console.configure('sign_in = "oidc"', ROLES, ...settings, provider.settings);
      await console.start();
      return { console, provider };
    });
  },
  withGuarded: async ({ ends }, use) => {
    await use(async (...settings) => {
      const console = await Console.prepare();
      ends(console);
      const provider = await IdentityProvider.start(console.url);
      ends(provider);
      const catalog = await Guarded.start(provider);
      ends(catalog);
      console.configure('sign_in = "oidc"', ROLES, ...settings, provider.settings, catalog.settings);
      await console.start();
      return { console, provider, catalog };
    });
  },
  visit: async ({ browser }, use) => {
    const visits: { context: BrowserContext; problems: Problems }[] = [];
    await use(async ({ url }, { javaScript = true, width = 1440, expect: expected = [] } = {}) => {
      const context = await browser.newContext({
        baseURL: url,
        javaScriptEnabled: javaScript,
        viewport: { width, height: 900 },
        // Tries to sign in are counted by address: each browser has one.
        extraHTTPHeaders: { 'x-forwarded-for': `10.0.${++addresses >> 8}.${addresses & 255}` },
      });
      if (javaScript) await context.addInitScript(tellOfPolicy);
      const problems = new Problems(context, url);
      // Where people sign in is elsewhere, and a refusal has a status that the browser tells of.
      problems.expect(/another origin: \w+ http:\/\/localhost:/, /status of 40[013]/, /favicon\.ico/, ...expected);
      visits.push({ context, problems });
      const page = await context.newPage();
      if (javaScript) waitForFrame(page);
      return page;
    });
    for (const { context, problems } of visits) {
      await context.close();
      expect(problems.unexpected, 'complaints of the page').toEqual([]);
    }
  },
});

export { expect };

/** Signs in on the page for it. */
export async function signIn(page: Page, name: string, password = PASSWORD) {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Is signed in, without the page for it. */
export async function arrive(page: Page, { url }: Console, name: string, password = PASSWORD) {
  const answer = await page.context().request.post('/sign-in', { form: { user: name, password }, headers: { origin: url }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
}

/** Is signed in by the provider, without a page of anybody: nothing is asked with the session yet, which is answered. */
export async function arriveFrom(page: Page, { issuer, id }: IdentityProvider, account: string): Promise<string> {
  const { request } = page.context();
  const asked = await request.get(`/sign-in/at/${id}`, { headers: navigation });
  const login = await request.post(asked.url(), { form: { login: account } });
  let answer = await request.post(login.url(), { form: { agrees: 'yes' }, maxRedirects: 0 });
  // To the provider, which leads back.
  for (let steps = 0; steps < 2; steps++) answer = await request.get(new URL(answer.headers().location!, issuer).href, { headers: navigation, maxRedirects: 0 });
  const cookie = answer.headersArray().find(({ name, value }) => name.toLowerCase() === 'set-cookie' && /^(__Host-Http-)?crowsnest(-\d+)?=/.test(value));
  expect(cookie, `a session: ${answer.status()} ${await answer.text()}`).toBeTruthy();
  return cookie!.value.split(';')[0]!;
}

/** Goes through a provider's pages: who it is, and that they agree. */
export async function agree(page: Page, account: string, answer: 'Allow' | 'Deny' = 'Allow') {
  await page.getByLabel('Account').fill(account);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: answer }).click();
}

/** Signs in at the provider, with the link on the page for it. */
export async function signInAt(page: Page, { label }: IdentityProvider, account: string, to = '/') {
  await page.goto(to);
  await page.getByRole('link', { name: `Sign in with ${label}` }).click();
  await agree(page, account);
}

/** Every access token that was given has ended. */
export const ended = (provider: IdentityProvider) =>
  expect.poll(async () => (await Promise.all(provider.given.map((token) => provider.owner(token)))).filter(Boolean), { intervals: [100] }).toEqual([]);
