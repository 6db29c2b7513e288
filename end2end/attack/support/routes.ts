// Every route of the server, read from its source: a route that is added is attacked without being named here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from '../../support/pages.ts';

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  /** A page, a form's target, a function of a page, or a file. */
  kind: 'page' | 'form' | 'function' | 'file';
  /** It is told a place: an address of the console. */
  placed?: boolean;
}

const source = (folder: string) => {
  const root = join(import.meta.dirname, '../../..', folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs'));
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
};

/** Parts of addresses that the server and the pages share. */
const part = (model: string, name: string) => new RegExp(`pub const ${name}: &str = "([^"]+)"`).exec(model)![1]!;

/** Routes with `connection` in the place of a connection's name. */
export function routes(connection: string): Route[] {
  const [app, server, model] = [source('app/src'), source('server/src'), source('crates/model/src')];
  const functions = [...app.matchAll(/#\[server\(prefix = "(\/api)", endpoint = "([^"]+)"(, input = GetUrl)?[^\]]*, client = crate::Page\)\]\s*pub async fn \w+\(([^)]*)\)/g)].map(
    ([, prefix, name, get, takes]): Route => ({ method: get ? 'GET' : 'POST', path: `${prefix}/${name}`, kind: 'function', placed: takes!.includes('Place') }),
  );
  if (functions.length !== app.split('#[server(prefix').length - 1) throw new Error('a server function has no `client = crate::Page`, or is written otherwise');
  const named = [...server.matchAll(/\.route\(\s*"([^"]+)",\s*(get|post)\(/g)].map(([, path, method]): Route => {
    const kind = method === 'post' ? 'form' : 'file';
    return { method: method === 'post' ? 'POST' : 'GET', path: path!.replace('{connection}', connection), kind };
  });
  const at = `/c/${connection}`;
  // Every page is sent a form, whether it takes one or not.
  const pagesOf = Object.values(pages).flatMap((path) => /^\/c\/[^/]+([^?]*)/.exec(path)?.[1] ?? []);
  const forms = [...pagesOf, `/access${part(model, 'COLLECT')}`, `/access${part(model, 'CANCEL')}`].map((page) => `${at}${page}`);
  const wizard = ['/destination/check', '/destination/import', part(model, 'FILE')];
  const connections = ['CONNECTIONS', 'NEW_CONNECTION', 'EDIT_CONNECTION', 'STOP_COMPARISON'].map((name) => part(model, name));
  const form = (path: string): Route => ({ method: 'POST', path, kind: 'form' });
  const open = Object.values(pages).map((path): Route => ({ method: 'GET', path, kind: 'page' }));
  return [
    ...functions,
    // Health and what belongs to the site itself tell nothing and do nothing.
    ...named.filter(({ path }) => !/^\/(pkg|favicon|healthz|readyz|metrics)/.test(path)),
    { method: 'GET', path: `${at}/t${part(model, 'METADATA')}`, kind: 'file' },
    { method: 'GET', path: part(model, 'STACK'), kind: 'file' },
    { method: 'GET', path: part(model, 'EXPORT_COMPARISON'), kind: 'file' },
    ...[...new Set(forms), ...wizard, ...connections, part(model, 'PROBE')].map(form),
    ...open,
  ];
}
