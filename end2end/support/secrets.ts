// Looking for what opens something: on pages, in logs, and in what is kept.
import { ask, navigation, ours } from '../attack/support/ask.ts';
import { disguises } from '../attack/support/canaries.ts';
import type { Console } from './console.ts';

export const PAGES = ['/', '/you', '/people', '/audit', '/sign-in', '/sign-in?out=work', '/c/sample-generic', '/search?q=a', '/api/you', '/api/people', '/audit/export?format=csv', '/audit/export?format=json'];

/** Where one of the secrets stands, in any way to write it. */
export function sightings(secrets: Record<string, string>, places: Record<string, string | Buffer>): string[] {
  return Object.entries(secrets).flatMap(([what, secret]) => {
    // Its beginning and its end would be shorter than what others have in common with it.
    const written = Object.entries(disguises(secret)).filter(([how]) => !/beginning|end/.test(how));
    return Object.entries(places).flatMap(([where, text]) => written.filter(([, form]) => text.includes(form)).map(([how]) => `${what} in ${where}, ${how}`));
  });
}

/** All that a console shows to an admin, has logged, and keeps. */
export async function everything(console: Console, cookie: string): Promise<Record<string, string | Buffer>> {
  const asked = PAGES.map(async (path) => {
    const { body, headers } = await ask(console.url, path, { headers: { ...navigation, ...(path.startsWith('/api/') && ours), cookie } });
    return [path, JSON.stringify(headers) + body] as const;
  });
  return { ...Object.fromEntries(await Promise.all(asked)), log: console.log, ...console.files() };
}
