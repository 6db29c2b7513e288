// Every form that changes something, sent twice: one effect, and the second answer says so.
import type { Page } from '@playwright/test';
import { pages } from '../support/pages.ts';
import { form, type Answer } from './support/ask.ts';
import type { Console } from './support/console.ts';
import { formsOf, type Form } from './support/forms.ts';
import type { Mock } from './support/mock.ts';
import { none, report } from './support/report.ts';
import { mixing, sampleConnections, sampleUrl } from './support/sample.ts';
import { expect, test, type Stage } from './support/test.ts';

/** The sample's Polaris behind a proxy that counts. */
class Counted {
  private constructor(
    readonly console: Console,
    readonly mock: Mock,
  ) {}

  static async start({ serve, start }: Stage): Promise<Counted> {
    // The console asks as soon as it runs, and says then where its sample is.
    let found = (_: string) => {};
    const sample = new Promise<string>((resolve) => (found = resolve));
    const mock = await serve({
      polaris: async (call) => {
        const url = await sample;
        return mixing(() => `${url}/polaris`, { begin: '', end: '' })(call);
      },
    });
    const connections = sampleConnections(() => 'counted', (dialect) => `${mock.url}/${dialect}`).filter(({ kind }) => kind === 'polaris');
    const console = await start('twice', { flags: ['--sample'], connections });
    found(await sampleUrl(console));
    await console.ask('/c/counted/catalogs');
    return new Counted(console, mock);
  }

  /** Changes that the server made. The same PUT again changes nothing. */
  effects(): string[] {
    const made = this.mock.sent.filter(({ method, path, status }) => !['GET', 'HEAD'].includes(method) && !path.endsWith('/tokens') && status >= 200 && status < 300);
    const lines = made.map(({ method, path, body }) => `${method} ${path} ${body}`);
    return lines.filter((line, index) => !line.startsWith('PUT') || lines.indexOf(line) === index);
  }

  /** Sends a form as a browser without scripts does, and opens the page that it leads to. */
  async submit({ action, body }: Form, from: string): Promise<Answer> {
    const referer = `${this.console.url}${from}`;
    const answer = await this.console.ask(action, { method: 'POST', body, headers: { ...form, accept: 'text/html', referer, origin: this.console.url } });
    const next = answer.headers.location;
    return answer.status >= 300 && answer.status < 400 && next ? this.console.ask(new URL(next, referer).href.replace(this.console.url, '')) : answer;
  }

  async stop() {
    await this.console.stop();
    await this.mock.stop();
  }
}

const here = (path: string) => path.replace('sample-polaris', 'counted');
const NAME = 'made_by_the_attack';
const changing = Object.entries(pages).filter(([, path]) => path.startsWith('/c/sample-polaris'));
const DONE = /already|was done|no longer|not there|does not exist|gone|nothing (was|more)/i;

/** The first form of each kind, with the page that it stands on. */
async function kinds(page: Page, stage: Stage): Promise<{ form: Form; path: string }[]> {
  const counted = await Counted.start(stage);
  const found = new Map<string, { form: Form; path: string }>();
  for (const [, path] of changing) {
    const { body } = await counted.console.ask(here(path));
    for (const form of await formsOf(page, body, here(path), NAME)) {
      if (!found.has(form.kind) && !/collect|cancel/.test(form.action)) found.set(form.kind, { form, path: here(path) });
    }
  }
  await counted.stop();
  return [...found.values()];
}

const again: Record<string, (page: Page, counted: Counted, kind: string, path: string) => Promise<Form[]>> = {
  // A second press, or a reload of the answer.
  'the same form @short': async (page, counted, kind, path) => {
    const first = await find(page, counted, kind, path);
    return [first, first];
  },
  'two tabs': async (page, counted, kind, path) => [await find(page, counted, kind, path), await find(page, counted, kind, path)],
};

async function find(page: Page, counted: Counted, kind: string, path: string): Promise<Form> {
  const { body } = await counted.console.ask(path);
  const form = (await formsOf(page, body, path, NAME)).find((form) => form.kind === kind);
  if (!form) throw new Error(`${path} has no longer the form ${kind}`);
  return form;
}

for (const [way, make] of Object.entries(again)) {
  test(`every form, sent by ${way}: one effect`, async ({ page, serve, start }) => {
    const stage = { serve, start };
    const wrong: string[] = [];
    const idle: string[] = [];
    const all = await kinds(page, stage);
    for (const { form, path } of all) {
      const counted = await Counted.start(stage);
      const [first, second] = await make(page, counted, form.kind, path);
      await counted.submit(first!, path);
      const effects = counted.effects();
      const answer = await counted.submit(second!, path);
      const after = counted.effects();
      const what = `“${form.button}” of ${path}`;
      if (effects.length) {
        if (after.length !== effects.length) wrong.push(`${what}: ${after.slice(effects.length).join(', ')} once more`);
        const words = answer.body.replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>/g, ' ');
        if (answer.status >= 500 || !DONE.test(words)) wrong.push(`${what}: the second answer (${answer.status}) does not say that it was done`);
      } else idle.push(`${what}: ${answer.status}`);
      await counted.stop();
    }
    // Deleting what holds something and rotating another's secret are the server's to refuse.
    expect(idle.length, `forms that had no effect at all: ${idle.join(', ')}`).toBeLessThanOrEqual(2);
    report(`sent by ${way.replace(' @short', '')}`, `${all.length} forms, ${all.length - idle.length} with an effect, ${wrong.length} wrong`);
    none(wrong);
  });
}
