// What it takes to know people: of each request, of each sign-in, and of each who is here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, Provider } from './provider.mjs';

/** What a call of a page has. */
export const CALL = { 'x-crowsnest': '1' };
const PASSWORD = 'a long way to the top of the mast';
const PEOPLE = 1_000;
const AT_ONCE = 200;
/** As many sign-ins from providers as one server takes at once: it lets in 1,000 a minute. */
const BATCH = 800;
/** Who sign in with a password, and how often each may in a minute. */
const NAMES = 12;
const TIMES = 4;

let addresses = 0;
/** Each try comes from elsewhere: tries are counted by address. */
const elsewhere = () => ({ 'x-forwarded-for': `10.${(++addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}` });
const cookies = (answer) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** `job` for 0 to `count`, by so many at once; how many a second that was. */
async function rate(count, lanes, job) {
  const began = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) await job(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return `${(count / ((performance.now() - began) / 1000)).toFixed(0)} a second`;
}

async function read(url, cookie) {
  const answer = await fetch(url, { headers: { ...CALL, cookie }, redirect: 'manual' });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
}

/** With passwords. */
async function passwords({ start, bin, folder, say, ms, at }) {
  const config = join(folder, 'team.toml');
  writeFileSync(config, `sign_in = "password"\nstore = "${join(folder, 'team.db')}"\ntrusted_proxies = ["127.0.0.1"]\n`);
  for (let name = 0; name < NAMES; name += 1) {
    const added = spawn(bin, ['--config', config, 'user', 'add', `person-${name}`, '--role', 'admin'], { cwd: folder, stdio: ['pipe', 'ignore', 'inherit'] });
    added.stdin.end(`${PASSWORD}\n`);
    await once(added, 'exit');
  }
  const [team, alone] = [await start(bin, ['--config', config, '--sample', '--listen', '127.0.0.1:0']), await start(bin, ['--sample', '--listen', '127.0.0.1:0'])];
  const signIn = async (name) => {
    const answer = await fetch(`${team.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: team.url, ...elsewhere() },
      body: new URLSearchParams({ user: `person-${name}`, password: PASSWORD }),
    });
    if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`);
    return cookies(answer)[0];
  };
  const began = performance.now();
  const cookie = await signIn(0);
  say('signing in with a password', ms(performance.now() - began));
  const times = [[], []];
  for (let round = -50; round < 1000; round += 1) {
    for (const [index, [url, headers]] of [[`${alone.url}/api/once`, CALL], [`${team.url}/api/once`, { ...CALL, cookie }]].entries()) {
      const began = performance.now();
      await (await fetch(url, { headers })).arrayBuffer();
      if (round >= 0) times[index].push(performance.now() - began);
    }
  }
  const [without, with_] = times.map((list) => at(list.sort((x, y) => x - y), 0.5));
  say('a session, of each request, p50', `${ms(with_ - without)} of ${ms(with_)} (budget 0.3 ms)`);
  say('sign-ins with a password', await rate(NAMES * (TIMES - 1), 8, (turn) => signIn(turn % NAMES)));
  for (const { child } of [team, alone]) child.kill();
}

/** From a provider, over a catalog that is called as each of them. */
async function provided({ start, bin, folder, catalog, say, ms, residentMiB }) {
  const provider = await new Provider().start();
  const config = join(folder, 'provided.toml');
  const settings = [
    'sign_in = "oidc"\nviewers = ["*"]\ntrusted_proxies = ["127.0.0.1"]',
    `store = "${join(folder, 'provided.db')}"`,
    `[[provider]]\nname = "bench"\nissuer = "${provider.issuer}"\nclient_id = "bench"\nclient_secret = "bench"\nscope = "openid"`,
    `[[connection]]\nname = "bench"\nkind = "generic"\nurl = "${catalog}"\n[connection.auth]\ntype = "passed-on"`,
  ];
  writeFileSync(config, settings.join('\n'), { mode: 0o600 });
  // Cookies are named after the port, and the server is another one each time.
  const port = await freePort();
  const again = () => start(bin, ['--config', config, '--listen', `127.0.0.1:${port}`]);
  const stop = async ({ child }) => {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  let server = await again();
  say('with people and a store: start, until it serves', `${ms(server.ms)} (budget 300)`);
  await pause(2000);
  say('with people and a store: memory, idle', `${residentMiB(server.child).toFixed(1)} MiB (budget 60)`);

  const signIn = async (subject) => {
    const from = { redirect: 'manual', headers: elsewhere() };
    const led = await fetch(`${server.url}/sign-in/at/bench`, from);
    const asked = new URL(led.headers.get('location')).searchParams;
    const query = new URLSearchParams({ code: codeOf(subject, asked.get('nonce')), state: asked.get('state'), iss: provider.issuer });
    const back = await fetch(`${server.url}/sign-in/back/bench?${query}`, { ...from, headers: { ...from.headers, cookie: cookies(led)[0] } });
    if (back.status !== 303) throw new Error(`coming back answered ${back.status}: ${await back.text()}`);
    return cookies(back).find((cookie) => /^crowsnest-\d/.test(cookie));
  };

  provider.lifetime = 1;
  const cookie = await signIn('early');
  await pause(1100);
  provider.lifetime = 3600;
  // A small answer: what is looked at is the renewal.
  await Promise.all(Array.from({ length: AT_ONCE }, () => read(`${server.url}/api/you`, cookie)));
  say(`${AT_ONCE} requests at once on a token that has ended: renewals`, `${provider.renewals} (budget 1)`);

  const here = [];
  const arrive = async (number) => here.push(await signIn(`person-${number}`));
  say('sign-ins from a provider', await rate(BATCH, 8, arrive));
  while (here.length < PEOPLE) {
    await stop(server);
    server = await again();
    await rate(Math.min(BATCH, PEOPLE - here.length), 8, (turn) => arrive(`${here.length}-${turn}`));
  }
  await stop(server);
  server = await again();
  const page = `${server.url}/c/bench/ns?ns=sales`;
  // As many requests of one, so that what is kept of pages and connections is there before.
  await rate(PEOPLE, 8, () => read(page, cookie));
  const before = residentMiB(server.child);
  await rate(PEOPLE, 8, (number) => read(page, here[number]));
  const after = residentMiB(server.child);
  const each = `${(((after - before) * 1024) / PEOPLE).toFixed(1)} KiB`;
  say(`${PEOPLE} people with tokens of their own: memory, of each`, `${each}: ${before.toFixed(0)} MiB before, ${after.toFixed(0)} after`);
  await stop(server);
}

export async function people(bench) {
  await passwords(bench);
  await provided(bench);
}
