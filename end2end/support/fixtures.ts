// The test of every spec: it fails when a page complains, whatever else the test looked at.
import { expect, test as base, type BrowserContext, type ConsoleMessage, type Page, type Request, type WebError } from '@playwright/test';

/** What pages complained about: console errors, uncaught errors, CSP reports, requests to another origin. */
export class Problems {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(private readonly context: BrowserContext, private readonly origin: string) {
    context.on('console', this.console);
    context.on('weberror', this.weberror);
    context.on('request', this.request);
  }

  private readonly console = (message: ConsoleMessage) => {
    if (message.type() === 'error') this.seen.push(`console: ${message.text()} (${message.location().url})`);
  };

  private readonly weberror = (error: WebError) =>
    void this.seen.push(`uncaught: ${error.error().stack ?? error.error()}`);

  private readonly request = (request: Request) => {
    const url = new URL(request.url());
    const inPage = url.protocol === 'data:' || url.protocol === 'blob:';
    if (!inPage && url.origin !== this.origin) this.seen.push(`another origin: ${request.method()} ${request.url()}`);
  };

  stop() {
    this.context.off('console', this.console);
    this.context.off('weberror', this.weberror);
    this.context.off('request', this.request);
  }

  /** Complaints that belong to what a test does, such as the browser's line about a 404 page. */
  expect(...patterns: RegExp[]) {
    this.expected.push(...patterns);
  }

  get unexpected(): string[] {
    return this.seen.filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }
}

export const tellOfPolicy = () =>
  document.addEventListener('securitypolicyviolation', (report) =>
    console.error(`CSP: ${report.violatedDirective} refused ${report.blockedURI || 'inline'} ${report.sample}`),
  );

/** What stands around a page comes alive a little later: whoever does not say what to wait for waits for that as well. */
export function waitForFrame(page: Page) {
  const whole = async () => {
    const made = page.locator('[data-later]');
    await expect(made).toHaveCount(0, { timeout: 5_000 }).catch(() => undefined);
  };
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (url, options) => {
    const response = await goto(url, options);
    if (!options?.waitUntil) await whole();
    return response;
  };
  page.reload = async (options) => {
    const response = await reload(options);
    if (!options?.waitUntil) await whole();
    return response;
  };
}

export const test = base.extend<{ problems: Problems }, { warm: BrowserContext }>({
  baseURL: async ({}, use) => use(process.env.CROWSNEST_URL),
  // The pages' code is fetched and compiled once for all tests of a worker, not once for each.
  warm: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: process.env.CROWSNEST_URL });
      await context.addInitScript(tellOfPolicy);
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ context, warm, javaScriptEnabled }, use) => {
    if (javaScriptEnabled === false) return use(context);
    await use(warm);
    // What a person would leave behind is gone for the next.
    for (const page of warm.pages()) {
      await page.evaluate(() => localStorage.clear()).catch(() => undefined);
      await page.close();
    }
    await warm.clearCookies();
    await warm.clearPermissions();
  },
  // The shared context has one size, a test may ask for another.
  page: async ({ page, viewport, javaScriptEnabled }, use) => {
    if (viewport) await page.setViewportSize(viewport);
    if (javaScriptEnabled !== false) waitForFrame(page);
    await use(page);
  },
  problems: [
    async ({ context, baseURL }, use) => {
      const problems = new Problems(context, new URL(baseURL!).origin);
      await use(problems);
      problems.stop();
      expect(problems.unexpected, 'complaints of the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
