// Many clients at once over mixed pages: nothing fails, nothing hangs. Figures are ratios of one run, and decide nothing.
import { pages } from '../support/pages.ts';
import { each } from './support/ask.ts';
import { report } from './support/report.ts';
import { expect, test } from './support/test.ts';

const CLIENTS = 200;
const REQUESTS = 20;

test(`${CLIENTS} clients over mixed pages: no error`, async ({ start }) => {
  const console = await start('load', { flags: ['--sample'] });
  const measure = async (paths: string[]) => {
    const began = performance.now();
    const wrong = await each(Array.from({ length: CLIENTS * REQUESTS }), CLIENTS, async (_, index) => {
      const path = paths[index % paths.length]!;
      const answer = await console.ask(path).catch((error: Error) => ({ status: 0, body: error.message }));
      return answer.status !== 200 && `${answer.status} ${path} ${answer.status ? '' : answer.body}`;
    });
    return { perSecond: (CLIENTS * REQUESTS * 1_000) / (performance.now() - began), wrong: wrong.filter(Boolean) };
  };
  const health = await measure(['/healthz']);
  const mixed = await measure(Object.values(pages));
  const { now } = console.memory();
  expect((await console.ask('/healthz')).took).toBeLessThan(1_000);
  const ratio = (health.perSecond / mixed.perSecond).toFixed(0);
  report('load', `${CLIENTS} clients, ${CLIENTS * REQUESTS} pages, ${mixed.wrong.length} failed, health ${ratio} times as often a second as pages, ${now.toFixed(0)} MiB`);
  expect([...health.wrong, ...mixed.wrong]).toEqual([]);
});
