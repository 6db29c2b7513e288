// What a page did that it should not have, whatever was on it.
import type { BrowserContext, Page } from '@playwright/test';

export class Watch {
  private seen: string[] = [];

  private constructor(private readonly origin: string) {}

  static async over(context: BrowserContext, origin: string): Promise<Watch> {
    const watch = new Watch(origin);
    await context.exposeFunction('ran', (which: unknown) => void watch.seen.push(`script ${which} ran`));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (report) =>
        console.error(`CSP: ${report.violatedDirective} refused ${report.blockedURI || 'inline'} ${report.sample}`),
      );
    });
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== watch.origin && protocol !== 'data:' && protocol !== 'blob:') watch.seen.push(`another host: ${request.url()}`);
    });
    context.on('weberror', (error) => watch.seen.push(`uncaught: ${String(error.error()).slice(0, 200)}`));
    context.on('dialog', (dialog) => {
      watch.seen.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('console', (message) => {
      // The browser's own line about a page that is an error page.
      if (message.type() === 'error' && !/the server responded with a status of/.test(message.text())) watch.seen.push(`console: ${message.text().slice(0, 200)}`);
    });
    return watch;
  }

  /** What is wrong with the page as it stands, and what was seen since this was last asked. */
  async wrong(page: Page): Promise<string[]> {
    const wrong = this.seen.splice(0);
    if (new URL(page.url()).origin !== this.origin) return [...wrong, `left for ${page.url()}`];
    const planted = await page.evaluate(() => {
      const within = (root: ParentNode): Element[] => [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element instanceof HTMLTemplateElement ? within(element.content) : [])]);
      const bad = (element: Element) =>
        element.hasAttribute('data-planted') ||
        ['href', 'src', 'action', 'formaction', 'xlink:href'].some((name) => /^\s*(javascript|data:text|vbscript|\/\/)/i.test(element.getAttribute(name) ?? ''));
      return within(document).filter(bad).map((element) => element.outerHTML.slice(0, 120));
    });
    return [...wrong, ...planted.map((html) => `element: ${html}`), ...this.seen.splice(0)];
  }

  /** Whether the page's own scripts still do their work. */
  static async alive(page: Page): Promise<boolean> {
    const theme = page.getByLabel('Theme');
    const dark = page.getByRole('button', { name: 'Dark' });
    // A press in the moment before the page's code takes over is lost.
    for (let tries = 0; tries < 3; tries++) {
      try {
        if (!(await dark.isVisible())) await theme.click({ timeout: 5_000 });
        await dark.click({ timeout: 5_000 });
        await page.locator('html[data-theme=dark]').waitFor({ timeout: 5_000 });
        await page.evaluate(() => localStorage.clear());
        return true;
      } catch {
        // Once more.
      }
    }
    return false;
  }
}
