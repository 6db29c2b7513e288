// Text that tries to become markup, in every field of every page: it stays text, and the page stays alive.
import type { Browser, Page } from '@playwright/test';
import { pages } from '../support/pages.ts';
import { each } from './support/ask.ts';
import type { Behaviour } from './support/mock.ts';
import { mixtures, payloads } from './support/payloads.ts';
import { none, report } from './support/report.ts';
import { DIALECTS, failing, mixing, sampleConnections, sampleUrl, type Mixture } from './support/sample.ts';
import { expect, test as base } from './support/test.ts';
import { Watch } from './support/watch.ts';

const TABS = 3;
/** Characters of an address. */
const LONGEST = 8 * 1024;

/** The address of a console over catalogs whose names, words and errors bear the mixtures. */
const test = base.extend<{ url: string }>({
  url: async ({ serve, start }, use) => {
    let sample = '';
    const kinds = Object.entries(mixtures).flatMap(([name, mixture]): [string, Record<string, Behaviour>][] => [
      [name, Object.fromEntries(DIALECTS.map((dialect) => [`${dialect}-${name}`, mixing(() => `${sample}/${dialect}`, mixture)]))],
      [`${name}-errors`, Object.fromEntries(DIALECTS.map((dialect) => [`${dialect}-${name}-errors`, failing(mixture)]))],
    ]);
    const mock = await serve(Object.assign({}, ...kinds.map(([, behaviours]) => behaviours)));
    const connections = kinds.flatMap(([kind]) => sampleConnections((dialect) => `${dialect}-${kind}`, (dialect) => `${mock.url}/${dialect}-${kind}`));
    const console = await start('markup', { flags: ['--sample'], connections });
    sample = await sampleUrl(console);
    await use(console.url);
  },
});

/** Parameters that hold names of the catalog's objects. */
const NAMES = /^(w|ns|t|v|name|principal|role|policy|ref)$/;

/** The page over the catalog whose names bear the mixture. */
function over(path: string, kind: string, mixture: Mixture, every: boolean): string {
  const url = new URL(path, 'http://console');
  const page = url.pathname.replace(/sample-(generic|polaris|nessie)/, `$1-${kind}`);
  const name = (value: string) => mixture.begin + value + mixture.end;
  const pairs = [...url.searchParams];
  // What any page may be asked, beside its own.
  if (every) for (const key of ['q', 'message', 'filter', 'sort', 'page', 'tab', 'ref', 'back', 'token']) pairs.push([key, '']);
  let written = page;
  for (const [key, value] of pairs) {
    const pair = (text: string) => `${written === page ? '?' : '&'}${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
    const mixed = every || NAMES.test(key) ? pair(name(value)) : pair(value);
    // One that is longer than addresses may be is refused before any page is made.
    written += written.length + mixed.length < LONGEST - 500 ? mixed : pair(value);
  }
  return written;
}

type Address = [name: string, path: string, mixture: Mixture];

/** Opens every address and looks at what became of it. */
async function attack(browser: Browser, origin: string, check: string, addresses: Address[], then?: (page: Page, mixture: Mixture) => Promise<void>) {
  let shown = 0;
  const queue = addresses.slice();
  const wrong = await each(Array.from({ length: TABS }), TABS, async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const watch = await Watch.over(context, origin);
    const found: string[] = [];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, path, mixture] = next;
      const page = await context.newPage();
      await page.goto(origin + path, { waitUntil: 'load' }).catch((error: Error) => found.push(`${name}: ${error.message.split('\n')[0]}`));
      await then?.(page, mixture).catch((error: Error) => found.push(`${name}: ${error.message.split('\n')[0]}`));
      if (!(await Watch.alive(page))) found.push(`${name}: dead`);
      const seen = await watch.wrong(page).catch((error: Error) => [error.message]);
      found.push(...seen.map((what) => `${name}: ${what}`));
      if (await page.evaluate(() => document.body.textContent!.includes('planted words') || [...document.querySelectorAll('input, textarea')].some((field) => (field as HTMLInputElement).value.includes('planted words'))).catch(() => false)) shown += 1;
      await page.close();
    }
    await context.close();
    return found;
  });
  const all = wrong.flat();
  report(check, `${payloads.length} payloads, ${addresses.length} pages, shown as text on ${shown}, ${new Set(all.map((line) => line.split(':')[0])).size} with a fault`);
  none(all);
  return shown;
}

const every = (make: (path: string, kind: string, mixture: Mixture) => string) =>
  Object.entries(mixtures).flatMap(([kind, mixture]) => Object.entries(pages).map(([name, path]): Address => [`${name} ${kind}`, make(path, kind, mixture), mixture]));

test('payloads in every field of the catalog', async ({ browser, url }) => {
  test.setTimeout(1_800_000);
  const shown = await attack(browser, url, 'payloads in fields', every((path, kind, mixture) => over(path, kind, mixture, false)));
  expect(shown, 'pages that showed a payload: the attack arrives').toBeGreaterThan(100);
});

test('payloads in every parameter of every address', async ({ browser, url }) => {
  test.setTimeout(1_800_000);
  await attack(browser, url, 'payloads in addresses', every((path, kind, mixture) => over(path, kind, mixture, true)));
});

test('payloads in every error', async ({ browser, url }) => {
  test.setTimeout(1_800_000);
  await attack(browser, url, 'payloads in errors', every((path, kind, mixture) => over(path, `${kind}-errors`, mixture, false)));
});

test('payloads typed into every form', async ({ browser, url }) => {
  test.setTimeout(1_800_000);
  await attack(browser, url, 'payloads in forms', every((path, kind, mixture) => over(path, kind, mixture, false)), typed);
});

/** Types a payload into every form of the page, and sends the last of those that change something. */
async function typed(page: Page, mixture: Mixture) {
  // What is sent is a page of its own, or asked for by a script, or nothing, where the page itself has the answer.
  const patience = { timeout: 2_000 };
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST', patience).catch(() => undefined);
  const loaded = page.waitForEvent('load', { timeout: 10_000 }).catch(() => undefined);
  const sends = await page.evaluate((text) => {
    for (const field of document.querySelectorAll<HTMLInputElement>('main form input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), main form textarea')) {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    const form = [...document.querySelectorAll('form')].filter(({ method }) => method === 'post').at(-1);
    form?.setAttribute('novalidate', '');
    form?.requestSubmit();
    return form !== undefined;
  }, mixture.begin + mixture.end);
  if (!sends) return;
  if ((await answered)?.request().isNavigationRequest()) await loaded;
  await page.waitForLoadState('networkidle');
}
