// Where more than one person signs in: what is told of an address tells nothing of the network that it is in, a port that
// has another trade is not called, and nobody looks around at any speed.
import { faults, each } from './support/ask.ts';
import { BANNER, PUBLIC, type Manner } from './support/inside.ts';
import { plain, who, type Fields, type Made } from './support/made.ts';
import { good } from './support/mock.ts';
import { none, report } from './support/report.ts';
import { Stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { tlsServers } from './faults/tls.ts';

/** Ports below 1024 that are neither of the web's, and some above that browsers or databases have. */
const LOW = [21, 22, 23, 25, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 636, 873, 993];
const TRADES = [2049, 2375, 2379, 3306, 3389, 5432, 6000, 6379, 6667, 9200, 10250, 11211, 27017];
/** How each of the free ports answers. */
const MANNERS: Manner[] = ['silent', 'reset', 'banner', 'page', 'missing', 'denied', 'broken', 'closing', 'catalog'];
/** Nobody listens there. */
const closed = 9;
/** Tries of one person, of which a minute has ten. */
const TRIES = 30;
const PLACES = ['tests', 'adds', 'saves', 'pastes', 'checks', 'checks by the page'];

let stage: Stage;
let made: Made;
let port: Record<Manner, number>;
let tls: Awaited<ReturnType<typeof tlsServers>>;

test.beforeAll(async () => {
  const many = Object.fromEntries(PLACES.flatMap((place) => Array.from({ length: TRIES }, (_, at) => [`${place.replaceAll(' ', '-')}-${at}`, good])));
  stage = await Stage.start(() => many, { 'half-ten.test': [PUBLIC, '10.0.0.1'] }, [...LOW, ...TRADES, ...MANNERS.map(() => 0)]);
  port = Object.fromEntries(stage.inside.free(MANNERS.length).map((free, at) => [MANNERS[at]!, free])) as typeof port;
  for (const [manner, at] of Object.entries(port)) stage.inside.manners.set(at, manner as Manner);
  tls = await tlsServers();
  made = await stage.people('outbound-oracle', ['127.0.0.0/8', '::1'], {}, [stage.inside.port, ...Object.values(port)]);
  // There is more than one.
  for (const [name, group] of [['ana', 'admins'], ['vic', 'staff']] as const) expect((await made.page('/', who(name, group))).status).toBe(200);
});
test.afterAll(async () => {
  tls?.stop();
  await stage?.stop();
});

/** Addresses inside that are called, by what is there, and such that are not. */
const targets = (host: string, blocked: Record<string, string>) => ({
  called: {
    closed: `http://${host}:${closed}`,
    silent: `http://${host}:${port.silent}`,
    reset: `http://${host}:${port.reset}`,
  } as Record<string, string>,
  blocked: Object.fromEntries(Object.entries(blocked).map(([what, name]) => [what, `http://${name}:${closed}`])),
});
const written = {
  'by address': () => targets('127.0.0.1', { private: '192.168.0.1', metadata: '169.254.169.254', IPv6: '[fd00::1]', unspecified: '0.0.0.0' }),
  'by name': () => targets('localhost', { private: 'wiki.inside.test', metadata: 'metadata.test', 'private in part': 'half-ten.test', 'metadata in part': 'mixed.test', 'no such name': 'nobody.test' }),
};

/** The rest of what may be inside and is no catalog. */
const others = (): Record<string, string> => ({
  ...Object.fromEntries((['banner', 'page', 'missing', 'denied', 'broken', 'closing'] as const).map((manner) => [manner, `http://127.0.0.1:${port[manner]}`])),
  ...tls.addresses,
});

/** The same wherever it leads, and however long it took. */
function same(words: string, url: string): string {
  const { hostname, host } = new URL(url);
  return [url, host, hostname, hostname.replace(/[[\]]/g, '')]
    .reduce((text, part) => text.replaceAll(part, '…'), words)
    .replace(/(Less than )?\d+(\.\d+)? (ms|s)\b/g, '… $3')
    .replace(/'…([^']*)'/g, '…$1')
    .replace(/^(https?)?:?\/\/…/g, '…');
}

const patience = { connect_timeout: '2s', silence_timeout: '1s', read_timeout: '2s', token_timeout: '1s' };

interface Line {
  what: string;
  words: string;
}

/** What is told of each address, and how long that took. */
async function told(addresses: Record<string, string>, tell: (url: string) => Promise<string>): Promise<Line[]> {
  return each(Object.entries(addresses), 1, async ([what, url]) => {
    const began = performance.now();
    const words = same(await tell(url), url);
    return { what: `${what}, after ${((performance.now() - began) / 1000).toFixed(1)} s`, words };
  });
}

/** Every line that is not as the first; the first, too, if there is one. */
function unlike(lines: Line[]): string[] {
  const different = lines.filter(({ words }) => words !== lines[0]!.words);
  return (different.length ? [lines[0]!, ...different] : []).map(({ what, words }) => `${what}: ${words}`);
}

/** What the form of a new connection says in the end. */
async function byForm(url: string, by?: Fields): Promise<string> {
  const { name, status, end, words } = await made.add({ url, ...patience }, 'generic', by);
  if (end !== 'refused') await made.remove(name);
  return `${status} ${words}`;
}

/** What a token endpoint is said to be. */
async function byToken(url: string): Promise<string> {
  const oauth = { 'auth.type': 'oauth2', 'auth.client_id': 'id', 'auth.client_secret': 's3cr3t', 'auth.token_url': `${url}/token` };
  const { name, status, end, words } = await made.add({ url: stage.at('good'), ...oauth, ...patience });
  if (end !== 'refused') await made.remove(name);
  return `${status} ${words}`;
}

/** What the check of a destination says, stage by stage. */
async function byDestination(writer: Record<string, string>): Promise<string> {
  const { status, body } = await made.check(writer);
  if (status !== 200) return `${status} ${body}`;
  const { stages } = JSON.parse(body) as { stages: { name: string; outcome: string; found: string; advice: Record<string, string> | null }[] };
  return `${status} ${stages.map(({ name, outcome, found, advice }) => `${name} ${outcome}: ${found} ${advice ? Object.values(advice).join(' ') : ''}`).join(' / ')}`;
}

/** What who only sees a connection reads on its pages. */
async function byPage(url: string): Promise<string> {
  const { name, end, status, words } = await made.add({ url, ...patience });
  if (end === 'refused') return `${status} ${words}`;
  const pages = await each([`/c/${name}`, `/c/${name}/ns`], 1, (path) => made.console.settled(path, 20_000, who('vic', 'staff')));
  await made.remove(name);
  return pages.map(({ status, body }) => `${status} ${plain(/<main.*<\/main>/s.exec(body)?.[0] ?? body)}`.replaceAll(name, '⟨name⟩')).join(' | ');
}

const bucket = { iceberg_s3_path: 's3://bucket/x', aws_region: 'eu-central-1', aws_access_key: 'AKIAEXAMPLE', aws_secret_key: 'an-example' };
const TOLD: Record<string, (url: string) => Promise<string>> = {
  'a catalog’s address': byForm,
  'a token endpoint': byToken,
  'a page of a connection': byPage,
  'a destination': (url) => byDestination({ rest_catalog_url: url, iceberg_s3_path: 'x' }),
  'an object store': (url) => byDestination({ rest_catalog_url: stage.at('good'), s3_endpoint: url, ...bucket }),
};

for (const [what, tell] of Object.entries(TOLD)) {
  for (const [how, where] of Object.entries(written)) {
    test(`${what}, ${how}: closed, silent and broken are told in the same words`, async () => {
      const { called } = where();
      // The check of a destination is patient with who is silent: once is enough.
      if (how === 'by name' && what !== 'a catalog’s address' && what !== 'a page of a connection') delete called.silent;
      none(unlike(await told(called, tell)));
    });
    test(`${what}, ${how}: blocked is told as closed is`, async () => {
      const { called, blocked } = where();
      const lines = await told({ closed: called.closed!, ...blocked }, tell);
      // Which addresses are blocked is no secret: one that is written may be refused earlier, in the same words.
      none(unlike(how === 'by name' ? lines : lines.map(({ what, words }) => ({ what, words: words.replace(/^\d+ /, '').replace(/^[\w ]+: failed: failed [\w ]+\. /, '') }))));
    });
  }
}

test('what answers and is no catalog is told without its own words', async () => {
  // An error in JSON may be a catalog's.
  const { denied: _, ...texts } = others();
  const lines = await told(texts, (url) => byForm(url));
  none(lines.filter(({ words }) => words.includes(BANNER)).map(({ what }) => `${what}: its own words are shown`));
});

test('a port below 1024 that is not of the web is not called', async () => {
  const reached = await faults(LOW, 1, async (low) => {
    await byForm(`http://${PUBLIC}:${low}`);
    return (stage.inside.called.get(low) ?? 0) > 0 && `${low} was called`;
  });
  none(reached);
});

test('a port that has another trade is not called', async () => {
  const reached = await faults(TRADES, 1, async (trade) => {
    await byForm(`http://${PUBLIC}:${trade}`);
    return (stage.inside.called.get(trade) ?? 0) > 0 && `${trade} was called`;
  });
  none(reached);
});

test('a port of the web, and one that anybody may have, is called', async () => {
  for (const url of [`http://${PUBLIC}:80/good`, stage.at('good')]) expect(await byForm(url)).toBe('303 ');
  await byForm(`https://${PUBLIC}/good`);
  expect(stage.inside.called.get(443)).toBeGreaterThan(0);
});

/** Tries again and again, each time at a catalog of its own, in one of the ways that there are. */
const ways: Record<string, (url: string, by: Fields) => Promise<unknown>> = {
  adds: (url, by) => made.post('/connections/new?kind=generic', { operation: 'create', name: made.name(), 'auth.type': 'none', role: 'admin', url }, by),
  saves: (url, by) => made.change('kept', { url }, by),
  pastes: (url, by) => made.paste(`spark.sql.catalog.lake.type=rest\nspark.sql.catalog.lake.uri=${url}\n`, by),
  checks: (url, by) => made.check({ rest_catalog_url: url, iceberg_s3_path: 'x' }, by),
  'checks by the page': (url, by) => made.post('/destination/check', { file: JSON.stringify({ type: 'ICEBERG', writer: { catalog_type: 'rest', iceberg_db: 'a', rest_catalog_url: url, iceberg_s3_path: 'x' } }) }, by),
};

for (const [way, turn] of Object.entries(ways)) {
  test(`nobody ${way} more than ten addresses a minute`, async () => {
    const [one, other] = [who(`one-${way}`, 'admins'), who(`other-${way}`, 'admins')];
    if (way === 'saves') expect((await made.add({ name: 'kept', url: stage.at('good') })).end).toBe('passed');
    const at = (turn: number) => stage.at(`${way.replaceAll(' ', '-')}-${turn}`);
    const called = (turn: number) => stage.mock.calls.has(`${way.replaceAll(' ', '-')}-${turn}`);
    for (let tries = 0; tries < TRIES - 1; tries++) await turn(at(tries), one);
    const reached = Array.from({ length: TRIES - 1 }, (_, tries) => called(tries)).filter(Boolean).length;
    await turn(at(TRIES - 1), other);
    report(`tries of one person, ${way}`, `${TRIES - 1}, ${reached} called`);
    expect(called(TRIES - 1), 'somebody else may').toBe(true);
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThanOrEqual(10);
  });
}

test('nobody tests more than ten times a minute, and is told when they may again', async () => {
  const [one, other] = [who('one-tests', 'admins'), who('other-tests', 'admins')];
  const { name } = await made.add({ url: stage.at('tests-0') }, 'generic', other);
  const calls = () => stage.mock.calls.get('tests-0') ?? 0;
  const before = calls();
  const answers = await each(Array.from({ length: TRIES }), 1, () => made.test(name, one));
  const tested = answers.filter(({ status }) => status === 303).length;
  report('tests of one person', `${TRIES}, ${tested} made, ${calls() - before} calls`);
  expect(tested).toBeLessThanOrEqual(10);
  const refused = answers.find(({ status }) => status !== 303)!;
  expect(refused.status).toBe(429);
  expect(plain(refused.body)).toMatch(/minute|second/);
  expect((await made.test(name, other)).status).toBe(303);
});
