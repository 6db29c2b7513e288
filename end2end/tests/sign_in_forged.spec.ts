// Requests that no page of the console sends, to what people change of themselves and of others: each is refused, and
// nothing is changed.
import type { OutgoingHttpHeaders } from 'node:http';
import { ask, each, form, navigation } from '../attack/support/ask.ts';
import { forgedChanges } from '../attack/support/forgeries.ts';
import { PASSWORD, type Console } from '../support/console.ts';
import { expect, test } from '../support/people.ts';

const fields = (of: Record<string, string>) => new URLSearchParams(of).toString();

/** Signs somebody in and gives what their browser sends from then on. */
async function cookieOf(console: Console, user: string): Promise<string> {
  const answer = await ask(console.url, '/sign-in', { method: 'POST', headers: form, body: fields({ user, password: PASSWORD }) });
  expect(answer.status).toBe(303);
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}

/** Everything there is to send, as the admin `ana`; `eve` is who is changed. */
const forms = (eve: string): Record<string, { path: string; body: string }> => ({
  'sign in': { path: '/sign-in', body: fields({ user: 'ana', password: PASSWORD }) },
  'sign out': { path: '/sign-out', body: '' },
  'make a token': { path: '/you', body: fields({ operation: 'make-token', name: 'forged', person_role: 'admin', days: '7' }) },
  'end all sessions': { path: '/you', body: fields({ operation: 'end-all' }) },
  'change a password': { path: '/you', body: fields({ operation: 'set-password', password: PASSWORD, new_password: `${PASSWORD} of a thief` }) },
  'add somebody': { path: '/people', body: fields({ operation: 'add-person', user: 'thief', person_role: 'admin', new_password: PASSWORD }) },
  'give a role': { path: '/people', body: fields({ operation: 'set-role', person: eve, person_role: 'admin' }) },
  'give a password': { path: '/people', body: fields({ operation: 'set-password', person: eve, new_password: `${PASSWORD} of a thief` }) },
  'let in no more': { path: '/people', body: fields({ operation: 'disable', person: eve }) },
  'end sessions': { path: '/people', body: fields({ operation: 'end-all', person: eve }) },
});

/** Of our own pages, and yet not as a form. */
const MISFITS: Record<string, OutgoingHttpHeaders> = {
  'plain text': { ...form, 'content-type': 'text/plain' },
  files: { ...form, 'content-type': 'multipart/form-data; boundary=x' },
  JSON: { ...form, 'content-type': 'application/json' },
  XML: { ...form, 'content-type': 'text/xml' },
};

test('every form about people, forged in every way', async ({ withPasswords }) => {
  const console = await withPasswords({ ana: 'admin', eve: 'viewer' });
  const [cookie, others] = [await cookieOf(console, 'ana'), await cookieOf(console, 'eve')];
  const get = (path: string, own = cookie) => ask(console.url, path, { headers: { ...navigation, cookie: own } });
  const people = await get('/people');
  const eve = /name="person"[^>]*value="([^"]+)"/.exec(people.body)?.[1] ?? /value="([^"]+)"[^>]*name="person"/.exec(people.body)?.[1];
  expect(eve, 'the id of eve').toBeTruthy();
  const record = async () => (await get('/audit/export?format=json')).body;
  const before = await record();

  const { host } = console;
  const origin: OutgoingHttpHeaders = { 'content-type': 'application/x-www-form-urlencoded' };
  const forged: Record<string, { method?: string; headers: OutgoingHttpHeaders; at?: (path: string, body: string) => string }> = {
    ...Object.fromEntries(Object.entries(forgedChanges(host)).map(([name, headers]) => [name, { headers: { ...origin, ...headers } }])),
    ...Object.fromEntries(Object.entries(MISFITS).map(([name, headers]) => [name, { headers }])),
    'nothing that says where from': { headers: origin },
    'two origins': { headers: { ...origin, origin: `http://${host} http://evil.test` } },
    'an address with a host': { headers: { ...form, host: 'evil.test' }, at: (path) => `http://evil.test${path}` },
    'a host that was passed on': { headers: { ...origin, origin: 'http://evil.test', 'x-forwarded-host': 'evil.test' } },
    'a method in the address': { method: 'GET', headers: navigation, at: (path, body) => `${path}?_method=POST&${body}` },
    'a method in a header': { method: 'GET', headers: { ...navigation, 'x-http-method-override': 'POST', 'x-method-override': 'POST' }, at: (path, body) => `${path}?${body}` },
    PUT: { method: 'PUT', headers: form },
    DELETE: { method: 'DELETE', headers: form },
    PATCH: { method: 'PATCH', headers: form },
  };
  const all = Object.entries(forms(eve!)).flatMap(([what, sent]) => Object.entries(forged)
      // Signing out reads nothing that is sent with it.
      .filter(([name]) => what !== 'sign out' || !(name in MISFITS))
      .map(([name, how]) => ({ what, sent, name, how })),
  );
  expect(Object.keys(forged).length).toBeGreaterThan(12);
  const passed = await each(all, 8, async ({ what, sent: { path, body }, name, how: { method = 'POST', headers, at } }) => {
    const answer = await ask(console.url, at?.(path, body) ?? path, { method, headers: { cookie, ...headers }, body: method === 'GET' ? undefined : body });
    const set = answer.headers['set-cookie']?.join() ?? '';
    // A form's address may be a page that is asked for: what counts then is that nothing is done.
    const refused = method === 'GET' ? answer.status < 400 || answer.status === 405 : answer.status >= 400;
    return (!refused || set !== '') && `${what}, ${name}: ${answer.status} ${set}`;
  });
  expect(passed.filter(Boolean)).toEqual([]);
  expect(await record(), 'the record').toBe(before);
  for (const own of [cookie, others]) expect((await get('/you', own)).status, 'sessions are open as before').toBe(200);
  expect((await get('/you')).body).not.toContain('forged');

  // They are what a page sends, but for where they come from.
  const own = forms(eve!);
  for (const what of ['add somebody', 'give a role', 'let in no more', 'make a token']) {
    const { path, body } = own[what]!;
    const answer = await ask(console.url, path, { method: 'POST', headers: { ...form, cookie }, body });
    expect(answer.status, what).toBeLessThan(400);
  }
  expect((await record()).length).toBeGreaterThan(before.length);
  expect((await get('/you', others)).status, 'eve is out').not.toBe(200);
});

test('an origin that contradicts what else the browser says is refused', async ({ withPasswords }) => {
  const console = await withPasswords({ ana: 'admin' });
  const cookie = await cookieOf(console, 'ana');
  for (const origin of ['http://evil.test', 'null', `http://${console.host}.evil.test`]) {
    for (const [what, { path, body }] of Object.entries(forms('nobody')).filter(([what]) => /add|token|sign out/.test(what))) {
      const answer = await ask(console.url, path, { method: 'POST', headers: { ...form, cookie, 'sec-fetch-site': 'none', origin }, body });
      expect.soft(answer.status, `${what}, from ${origin}`).toBe(403);
    }
  }
});

test('who may not is refused, whatever they send', async ({ withPasswords }) => {
  const console = await withPasswords({ ana: 'admin', eve: 'editor' });
  const cookie = await cookieOf(console, 'eve');
  await cookieOf(console, 'ana');
  for (const [what, { path, body }] of Object.entries(forms('anybody')).filter(([, { path }]) => path === '/people')) {
    const answer = await ask(console.url, path, { method: 'POST', headers: { ...form, cookie }, body });
    expect(answer.status, what).toBe(403);
  }
  const more = await ask(console.url, '/you', { method: 'POST', headers: { ...form, cookie }, body: forms('')['make a token']!.body });
  expect(more.status, 'a token that may more than its person').toBe(403);
  // A session of somebody else is nothing that they have.
  const own = await ask(console.url, '/you', { headers: { ...navigation, cookie } });
  expect(own.body).not.toContain('>ana<');
  for (const path of ['/you', '/people', '/audit', '/audit/export', '/', '/c/sample-generic', '/api/connections', '/api/you']) {
    const { status, headers, body } = await ask(console.url, path, { headers: path.startsWith('/api/') ? { 'sec-fetch-site': 'same-origin', 'x-crowsnest': '1' } : navigation });
    expect(status === 401 || (status === 303 && headers.location?.startsWith('/sign-in')), `${path}: ${status}`).toBe(true);
    expect(body).not.toContain('sales');
  }
});
