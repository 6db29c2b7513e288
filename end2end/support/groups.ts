// Pages that one browser context opens one after another: what they share is fetched and compiled once.
import { pages } from './pages.ts';

const SIZE = 8;
const all = Object.entries(pages);

/** Names and addresses, by a title that has all names of the group. */
export const groups = Object.fromEntries(
  Array.from({ length: Math.ceil(all.length / SIZE) }, (_, index) => {
    const group = all.slice(index * SIZE, (index + 1) * SIZE);
    return [group.map(([name]) => name).join(', '), group];
  }),
);
