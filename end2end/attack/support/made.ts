// Connections that people make in the browser, by the forms that are there: each with what the console said of it.
import { setTimeout as pause } from 'node:timers/promises';
import { form, navigation, ours, type Answer } from './ask.ts';
import type { Console } from './console.ts';

/** How people come in: by the word of a proxy, which is whoever asks from this machine. */
export const SIGN_IN = ['sign_in = "proxy"', 'proxy_user_header = "x-user"', 'proxy_groups_header = "x-groups"', 'proxy_from = ["127.0.0.1"]', 'admins = ["admins"]', 'viewers = ["*"]', 'trusted_proxies = ["127.0.0.1"]'].join('\n');

export type Fields = Record<string, string>;

export interface Told {
  status: number;
  /** What became of it: refused before it was kept, kept and failed its test, kept and passed it. */
  end: 'refused' | 'failed' | 'passed';
  /** The words for people, without markup. */
  words: string;
  /** Of the test: each stage with its outcome and words. */
  stages: string[];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
export const plain = (html: string) =>
  html
    .replace(/<(script|style|select|textarea)\b.*?<\/\1>/gs, ' ')
    .replace(/<!--.*?-->|<!>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&([a-z]+|#\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
    .replace(/\s+/g, ' ')
    .trim();

export class Made {
  private made = 0;
  private asked = 0;
  /** Ends when the last change has. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(readonly console: Console) {}

  /** Somebody who may make connections. One person has few tries a minute: there are many. */
  anybody(): Fields {
    return who(`admin-${this.asked++ >> 2}`, 'admins');
  }

  /** One change after the other: several at once are another check's. */
  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.turn.then(change);
    this.turn = done.catch(() => undefined);
    return done;
  }

  post(path: string, fields: Fields, by = this.anybody(), headers: Fields = form): Promise<Answer> {
    return this.console.ask(path, { method: 'POST', headers: { ...headers, ...by }, body: new URLSearchParams(fields).toString() });
  }

  page(path: string, by = this.anybody()): Promise<Answer> {
    return this.console.ask(path, { headers: { ...navigation, ...by } });
  }

  /** A name that no other connection has. */
  name(): string {
    return `c${++this.made}`;
  }

  /** Fills in the form of a new connection; what came of it. */
  async add(fields: Fields, kind = 'generic', by = this.anybody()): Promise<Told & { name: string }> {
    const name = fields.name ?? this.name();
    const filled = { operation: 'create', name, role: 'viewer', 'auth.type': 'none', ...fields };
    const told = await this.inTurn(async () => this.told(await this.post(`/connections/new?kind=${kind}`, filled, by), name, by));
    return { name, ...told };
  }

  /** What the page says after a form of a connection was sent. */
  async told(answer: Answer, name: string, by = this.anybody()): Promise<Told> {
    if (answer.status !== 303) return { status: answer.status, end: 'refused', words: refusal(answer.body), stages: [] };
    return this.tested(name, answer.status, by);
  }

  /** Tries a connection once more. */
  test(name: string, by = this.anybody()): Promise<Answer> {
    return this.post(`/connections/edit?name=${encodeURIComponent(name)}`, { operation: 'test', version: '' }, by);
  }

  /** What the last test of a connection found. */
  async tested(name: string, status = 200, by = this.anybody()): Promise<Told> {
    const { body } = await this.page(`/connections/edit?name=${encodeURIComponent(name)}`, by);
    const stages = [...body.matchAll(/<li[^>]*data-stage="([^"]*)" data-outcome="([^"]*)"[^>]*>(.*?)<\/li>/gs)].map(([, stage, outcome, words]) => `${stage}: ${outcome}: ${plain(words!)}`);
    const failed = stages.filter((stage) => / failed: /.test(stage));
    return { status, end: failed.length || !stages.length ? 'failed' : 'passed', words: failed.join(' '), stages };
  }

  /** What the test of one found that was pasted: nobody waits for it. */
  private async settled(name: string, by: Fields): Promise<Told> {
    for (let tries = 0; ; tries++) {
      const told = await this.tested(name, 303, by);
      if (told.stages.length || tries === 100) return told;
      await pause(100);
    }
  }

  /** Changes one that is there. */
  async change(name: string, fields: Fields, by = this.anybody()): Promise<Told> {
    const path = `/connections/edit?name=${encodeURIComponent(name)}`;
    const version = /name="version" value="(\d+)"/.exec((await this.page(path, by)).body)?.[1] ?? '';
    const filled = { operation: 'save', version, role: 'viewer', 'auth.type': 'none', ...fields };
    return this.inTurn(async () => this.told(await this.post(path, filled, by), name, by));
  }

  /** Removes one, as somebody does who has tried enough. */
  async remove(name: string) {
    await this.inTurn(() => this.post(`/connections/edit?name=${encodeURIComponent(name)}`, { operation: 'delete', version: '' }));
  }

  /** Pastes what another program is configured with, and adds all that was read; what was said on the way. */
  paste(text: string, by = this.anybody()): Promise<Told> {
    return this.inTurn(() => this.pasted(text, by));
  }

  private async pasted(text: string, by: Fields): Promise<Told> {
    const read = await this.post('/connections', { operation: 'import', pasted: text }, by);
    const id = /name="import" value="([^"]+)"/.exec(read.body)?.[1];
    if (!id) return { status: read.status, end: 'refused', words: refusal(read.body), stages: [] };
    const found = [...read.body.matchAll(/<input[^>]*name="chosen"[^>]*>/g)].map(([tag]) => ({ name: /value="([^"]*)"/.exec(tag)![1]!, off: /\sdisabled/.test(tag) }));
    // What cannot be chosen is sent all the same.
    const [chosen] = found;
    if (!chosen) return { status: read.status, end: 'refused', words: plain(read.body), stages: [] };
    const answer = await this.post('/connections', { operation: 'create', import: id, chosen: chosen.name }, by);
    const told = answer.status === 303 ? await this.settled(chosen.name, by) : { status: answer.status, end: 'refused' as const, words: refusal(answer.body) || plain(read.body), stages: [] };
    if (answer.status === 303) await this.post(`/connections/edit?name=${encodeURIComponent(chosen.name)}`, { operation: 'delete', version: '' });
    return told;
  }

  /** Checks a destination as the page of it does. */
  async check(writer: Record<string, string | boolean>, by = this.anybody()): Promise<Answer> {
    const file = JSON.stringify({ type: 'ICEBERG', writer: { catalog_type: 'rest', iceberg_db: 'a', ...writer } });
    return this.post('/api/check-destination', { file }, by, { ...ours, 'content-type': form['content-type'] });
  }
}

let addresses = 0;

/** Somebody, at an address of their own: tries are counted by both. */
export const who = (name: string, groups: string): Fields => ({ 'x-user': name, 'x-groups': groups, 'x-forwarded-for': `10.${++addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}` });

/** Why a form was not accepted: beside its field, or above all. */
function refusal(body: string): string {
  const beside = [...body.matchAll(/<span class="text-error[^"]*">(.*?)<\/span>/gs)].map(([, words]) => plain(words!));
  const above = [...body.matchAll(/<section role="alert".*?<\/section>/gs)].map(([words]) => plain(words));
  return [...beside, ...above].join(' ');
}
