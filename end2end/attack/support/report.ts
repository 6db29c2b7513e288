// What a check says.
import { expect } from '@playwright/test';

/** What a check counted, in one line: `faults: 91 ways, 0 without an end`. */
export const report = (check: string, counted: string) => console.log(`      ${check}: ${counted}`);

/** Fails with the first of what was found, if there is anything. */
export function none(found: (string | false | undefined)[]) {
  const all = found.filter(Boolean);
  expect(all.length > 20 ? [...all.slice(0, 20), `and ${all.length - 20} more`] : all).toEqual([]);
}
