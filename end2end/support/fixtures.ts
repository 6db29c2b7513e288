// The test of every spec: it fails when a page complains, whatever else the test looked at.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';

/** What pages complained about: console errors, uncaught errors, CSP reports, requests to another origin. */
export class Problems {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(context: BrowserContext, origin: string) {
    context.on('console', (message) => {
      if (message.type() === 'error') this.seen.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.seen.push(`uncaught: ${error.error().stack ?? error.error()}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      const inPage = url.protocol === 'data:' || url.protocol === 'blob:';
      if (!inPage && url.origin !== origin) this.seen.push(`another origin: ${request.method()} ${request.url()}`);
    });
  }

  /** Complaints that belong to what a test does, such as the browser's line about a 404 page. */
  expect(...patterns: RegExp[]) {
    this.expected.push(...patterns);
  }

  get unexpected(): string[] {
    return this.seen.filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }
}

export const test = base.extend<{ problems: Problems }>({
  baseURL: async ({}, use) => use(process.env.CROWSNEST_URL),
  problems: [
    async ({ context, baseURL }, use) => {
      const problems = new Problems(context, new URL(baseURL!).origin);
      await context.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', (report) =>
          console.error(`CSP: ${report.violatedDirective} refused ${report.blockedURI || 'inline'} ${report.sample}`),
        ),
      );
      await use(problems);
      expect(problems.unexpected, 'complaints of the page').toEqual([]);
    },
    { auto: true },
  ],
});

/** No accessibility violation on the page as it stands, by all rules or by those named. */
export async function axe(page: Page, rules: string[] = []) {
  // Our pages have no frames: the mode that looks into them opens a second page each time.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules.length ? builder.withRules(rules) : builder).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(', ')}`);
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

export { expect };
