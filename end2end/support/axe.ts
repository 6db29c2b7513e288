// What the rules of accessibility say of a page.
import axe from 'axe-core';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Nothing is violated on the page as it stands. */
export const accessible = (page: Page) => none(page, {});

/** Its text stands out in the colours as they are now. */
export const readable = (page: Page) => none(page, { runOnly: ['color-contrast'] });

async function none(page: Page, options: axe.RunOptions) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const hidden = await page.evaluateHandle(hideAlike);
  const found = await page.evaluate(violations, options);
  await hidden.evaluate((alike) => alike.forEach((element) => (element.style.display = '')));
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

async function violations(options: axe.RunOptions): Promise<string[]> {
  const { violations } = await window.axe.run({ ...options, resultTypes: ['violations'] });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(', ')}`);
}

/**
 * Hides all but the first of siblings that differ by their words alone, such as the rows of a table: two hundred of them
 * take seconds to look at.
 */
function hideAlike() {
  const look = ({ name, value }: Attr) => (/^(class|style|type|aria-(?!label|controls|describedby))/.test(name) ? value : name);
  const looks = (element: Element) =>
    [element, ...element.querySelectorAll('*')].flatMap((one) => [one.tagName, !!one.textContent, ...[...one.attributes].map(look)]).join();
  const alike: (HTMLElement | SVGElement)[] = [];
  for (const parent of document.querySelectorAll('tbody, ul, ol, dl, svg, svg g')) {
    const seen = new Set<string>();
    for (const child of parent.children as HTMLCollectionOf<HTMLElement | SVGElement>) {
      const own = looks(child);
      if (seen.has(own) && !child.style.display) alike.push(child);
      seen.add(own);
    }
  }
  alike.forEach((element) => (element.style.display = 'none'));
  // Colours that are about to be others.
  for (const motion of document.getAnimations()) if (motion instanceof CSSTransition) motion.finish();
  return alike;
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
