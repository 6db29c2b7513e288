// Reading a page as a person does: what it links to, what its rows say.
import { expect, type Page } from '@playwright/test';
import { main } from './act.ts';

/** Opens a page and waits until it holds its content: an empty list then means that there is nothing. */
export async function open(page: Page, path: string) {
  expect((await page.goto(path))!.status(), path).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await expect(main(page).getByRole('alert')).toHaveCount(0);
}

/** Goes on to another tab by its link: what the page then shows is read again until it is that tab's. */
export async function tab(page: Page, label: string, reads: () => Promise<void>) {
  // Some say how much is behind them.
  const link = main(page).getByRole('link', { name: new RegExp(`^${label}( [\\d\\s]+\\+?)?$`) });
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await expect(async () => reads()).toPass({ intervals: [50, 100, 200], timeout: 20_000 });
  await expect(main(page).getByRole('alert')).toHaveCount(0);
}

/** Names that the links of the main part lead to: `kind` is the path after the connection, `key` the query's name. */
export async function linked(page: Page, kind: string, key: 't' | 'v'): Promise<string[]> {
  const hrefs = await main(page).getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  return named(hrefs, kind).flatMap((url) => url.searchParams.getAll(key));
}

/** Namespaces directly below `above` that the links of the main part lead to. */
export async function linkedNamespaces(page: Page, above: string[]): Promise<string[][]> {
  const hrefs = await main(page).getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  return named(hrefs, 'ns')
    .map((url) => url.searchParams.getAll('ns'))
    .filter((name) => name.length === above.length + 1);
}

function named(hrefs: string[], kind: string): URL[] {
  const urls = hrefs.filter((href) => new RegExp(`^/c/[^/]+/${kind}$`).test(new URL(href).pathname));
  return [...new Set(urls)].map((href) => new URL(href));
}

/** The cells of every row of the main part's tables, blanks evened out. */
export async function rows(page: Page): Promise<string[][]> {
  const cells = await main(page)
    .locator('tbody tr')
    .evaluateAll((lines) => lines.map((line) => [...(line as HTMLTableRowElement).cells].map((cell) => cell.innerText)));
  return cells.map((row) => row.map(even));
}

/** The same rows, each as one text. */
export const texts = (page: Page) => rows(page).then((cells) => cells.map((row) => row.join(' ')));

export const even = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Types are compared without blanks: servers write `decimal(12, 2)` and `decimal(12,2)`. */
export const holds = (row: string, text: string) => row.replace(/\s/g, '').includes(text.replace(/\s/g, ''));

/** The rows of a schema page are these columns, nested ones too, in this order, with these types. */
export function sameColumns(shown: string[][], columns: { path: string; type: string }[]) {
  // The page says what is in a list or a map beside the word, and again in the rows below.
  const unspaced = (type: string) => type.replace(/\s/g, '').replace(/^(list|map)<.*>$/, '$1');
  expect(shown.map(([, name, type]) => [name!.replace(/ identifier$/, ''), unspaced(type!)])).toEqual(
    columns.map(({ path, type }) => [path.split('.').at(-1), unspaced(type)]),
  );
}
