// The console beside the catalog it stands before, measured in one run: ratios mean something on
// any machine, the times only on this one. Reports; fails nothing.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fleet } from './bench/fleet.mjs';
import { CALL, people } from './bench/people.mjs';

const root = resolve(import.meta.dirname, '..');
const crowsnestBin = resolve(process.env.CROWSNEST_BIN ?? join(root, 'target/release/crowsnest'));
const sampleBin = resolve(process.env.SAMPLE_CATALOG_BIN ?? join(root, 'target/release/sample-catalog'));
const TABLES = 100_000;
const SNAPSHOTS = 50_000;
const ROUNDS = 300;

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-bench-'));
const running = [];

/** Starts a server and waits for the line that names its address; answers the address and the ms it took. */
async function start(binary, args) {
  const began = performance.now();
  const child = spawn(binary, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${binary} stopped before it was ready`))),
  ]);
  lines.on('line', () => {});
  return { child, url: line.match(/http:\/\/\S+/)[0].replace(/\/$/, ''), ms: performance.now() - began };
}

const residentMiB = ({ pid }) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const ms = (number) => `${number.toFixed(number < 10 ? 2 : 0)} ms`;
const say = (what, value) => console.log(`${what.padEnd(64)} ${value}`);

async function timed(url) {
  const began = performance.now();
  const answer = await fetch(url, { headers: CALL });
  const body = await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return { ms: performance.now() - began, bytes: body.byteLength };
}

/** Takes turns, so that both see the same machine. */
async function sideBySide(what, direct, console_) {
  const times = [[], []];
  for (let round = -10; round < ROUNDS; round++) {
    for (const [index, url] of [direct, console_].entries()) {
      const { ms } = await timed(url);
      if (round >= 0) times[index].push(ms);
    }
  }
  const [a, b] = times.map((list) => list.sort((x, y) => x - y));
  for (const [name, share] of [['p50', 0.5], ['p99', 0.99]]) {
    const [direct, ours] = [at(a, share), at(b, share)];
    say(`${what}, ${name}: console / direct`, `${(ours / direct).toFixed(2)}  (${ms(ours)} / ${ms(direct)})`);
  }
}

async function rate(what, url, seconds = 5, lanes = 8) {
  await timed(url);
  const end = performance.now() + seconds * 1000;
  let pages = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (performance.now() < end) {
        await timed(url);
        pages += 1;
      }
    }),
  );
  say(what, `${(pages / seconds).toFixed(0)} a second`);
}

/** Sends a form as a browser without scripts does. */
async function send(url, fields) {
  const began = performance.now();
  const headers = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });
  const page = await answer.text();
  if (answer.status >= 400) throw new Error(`${url} answered ${answer.status}`);
  return { ms: performance.now() - began, page, status: answer.status };
}

/** What a browser sends with the form that confirms a preview. */
function confirmation(page) {
  const form = page.split('<form').find((form) => form.includes('name="shown"'));
  if (!form) throw new Error('nothing to confirm');
  const text = (html) => html.replace(/&quot;/g, '"').replace(/&#x27;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  return [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, text(value)]);
}

/** A property of one table, set by a commit of our own and by a form that is confirmed. */
async function committed(direct, form) {
  const times = [[], []];
  for (let round = 0; round < 50; round += 1) {
    const updates = [{ action: 'set-properties', updates: { owner: `direct-${round}` } }];
    const began = performance.now();
    const answer = await fetch(direct, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ requirements: [], updates }) });
    await answer.arrayBuffer();
    times[0].push(performance.now() - began);
    const shown = await send(form, [['key', 'owner'], ['value', `console-${round}`]]);
    const made = await send(form, confirmation(shown.page));
    if (made.status !== 303) throw new Error('not confirmed');
    times[1].push(made.ms);
  }
  const [a, b] = times.map((list) => at(list.sort((x, y) => x - y), 0.5));
  say('a commit, p50: from confirm to result / direct', `${(b / a).toFixed(2)}  (${ms(b)} / ${ms(a)})`);
}

/** A property of many tables, from confirm until all are done. */
async function bulk(form, names) {
  const shown = await send(form, [['others', names.join('\n')], ['do', 'set'], ['key', 'owner'], ['value', 'bench']]);
  say(`${names.length} tables at once: preview`, ms(shown.ms));
  const began = performance.now();
  await send(form, confirmation(shown.page));
  for (;;) {
    const page = await (await fetch(form)).text();
    if (!page.includes('is under way')) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  say(`${names.length} tables at once: from confirm to done`, ms(performance.now() - began));
}

/** The sample, further away: each call takes so many ms more. */
async function distant(url, wait) {
  const server = createServer((from, to) => {
    setTimeout(() => {
      const call = request(`${url}${from.url}`, { method: from.method, headers: from.headers }, (answer) => {
        to.writeHead(answer.statusCode, answer.headers);
        answer.pipe(to);
      });
      from.pipe(call);
    }, wait);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

/** Until the browser is done with what it closed and opened before: its processes end and begin for half a second. */
const settled = () => new Promise((done) => setTimeout(done, 700));

/** Until each row in view of a list says all it has to say. */
async function figures(browser, what, url) {
  const page = await browser.newPage();
  await settled();
  const began = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('main tbody tr[aria-rowindex]')];
    return rows.length > 0 && rows.length < 100 && rows.every((row) => row.querySelector('time'));
  });
  say(what, `${ms(performance.now() - began)} (budget 1000 ms)`);
  await page.close();
}

/** Until the first data row stands in a browser that starts cold. */
async function browse(browser, what, url) {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  const began = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('main tbody tr, main [role=row], main li a').first().waitFor();
  say(`${what}: first rows in the browser`, ms(performance.now() - began));
  await page.waitForLoadState('networkidle');
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  say(`${what}: to the browser, all files, compressed`, `${(bytes / 1024).toFixed(0)} KiB, ${nodes} DOM elements`);
  await page.close();
}

const median = (list) => at(list.toSorted((x, y) => x - y), 0.5);

/** In the page: how far it moved by itself, and when the tree has its keys, which comes last. */
function watch() {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    if (document.querySelector('[role=tree][tabindex]')) window.treeKeys = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}

/** In the page: ms until something was painted. */
const painted = () => performance.getEntriesByName('first-contentful-paint')[0].startTime;

/** A deep link in a browser that starts cold, and a first click from it: medians of five, beside a page of one word. */
async function comesUp(browser, what, url, link) {
  const all = { word: [], paint: [], alive: [], keys: [], moved: [], click: [], requests: [] };
  for (let round = 0; round < 5; round += 1) {
    const shown = await browser.newContext();
    const word = await shown.newPage();
    await settled();
    await word.goto('data:text/html,word');
    await word.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
    all.word.push(await word.evaluate(painted));
    await shown.close();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(watch);
    await settled();
    await page.goto(url);
    all.keys.push(await (await page.waitForFunction(() => window.treeKeys)).jsonValue());
    all.alive.push(await page.evaluate(() => performance.getEntriesByName('alive')[0].startTime));
    all.paint.push(await page.evaluate(painted));
    all.moved.push(await page.evaluate(() => window.moved));
    let requests = 0;
    page.on('request', () => (requests += 1));
    all.click.push(
      await page.evaluate(
        (name) =>
          new Promise((done) => {
            const before = document.title;
            const target = [...document.querySelectorAll('main a')].find((a) => a.textContent.trim() === name);
            const began = performance.now();
            new MutationObserver(() => {
              if (document.title !== before && document.querySelector('main h1')?.textContent.trim() === name)
                requestAnimationFrame(() => done(performance.now() - began));
            }).observe(document, { childList: true, subtree: true, characterData: true });
            target.click();
          }),
        link,
      ),
    );
    all.requests.push(requests);
    await context.close();
  }
  const middle = Object.fromEntries(Object.entries(all).map(([name, list]) => [name, median(list)]));
  say(`${what}, cold: first paint / of one word`, `${(middle.paint / middle.word).toFixed(2)}  (${ms(middle.paint)} / ${ms(middle.word)}, budget 100)`);
  say(`${what}, cold: alive`, `${ms(middle.alive)} (budget 250), with the keys of its tree ${ms(middle.keys)}`);
  say(`${what}, cold: moved by itself`, `${middle.moved.toFixed(3)} (budget 0.02)`);
  say(`${what}: a first click to “${link}”`, `${ms(middle.click)} (budget 100), ${middle.requests} requests (budget 8)`);
}

/** A letter typed at the end of the columns of a table with 2,000, until the next frame. */
async function keystroke(browser, url) {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  const columns = page.getByLabel(/^Columns/);
  await columns.fill(Array.from({ length: 2000 }, (_, index) => `column_${index} bigint comment 'of ${index}'`).join('\n'));
  await columns.press('End');
  await page.evaluate(() => {
    window.keys = [];
    addEventListener('keydown', () => {
      const began = performance.now();
      requestAnimationFrame(() => setTimeout(() => window.keys.push(performance.now() - began)));
    });
  });
  for (let round = 0; round < 20; round += 1) {
    await page.keyboard.press('x');
    await page.waitForFunction((count) => window.keys.length === count, round + 1);
  }
  say('2,000 columns: a key, until it is painted', `${ms(median(await page.evaluate(() => window.keys)))} (budget 16)`);
  await page.close();
}

try {
  const sample = await start(sampleBin, ['--port', '0', '--tables', String(TABLES), '--snapshots', String(SNAPSHOTS)]);
  writeFileSync(join(folder, 'crowsnest.toml'), `[[connection]]\nname = "bench"\nkind = "generic"\nurl = "${sample.url}"\n`);
  const far = await distant(sample.url, 20);
  appendFileSync(join(folder, 'crowsnest.toml'), `[[connection]]\nname = "far"\nkind = "generic"\nurl = "${far}"\n`);
  const crowsnest = await start(crowsnestBin, ['--config', join(folder, 'crowsnest.toml'), '--listen', '127.0.0.1:0']);
  say('start, until it serves', ms(crowsnest.ms));
  await new Promise((done) => setTimeout(done, 2000));
  say('memory, idle', `${residentMiB(crowsnest.child).toFixed(1)} MiB (budget 60)`);

  const bff = (name, query) => `${crowsnest.url}/api/${name}?${new URLSearchParams(query)}`;
  const sales = '/c/bench?ns=sales';
  await sideBySide(
    'listTables',
    `${sample.url}/v1/namespaces/sales/tables`,
    bff('names', { place: sales, kind: 'tables', 'ask[filter]': '', 'ask[descending]': 'false', 'ask[start]': '0', 'ask[count]': '200', fresh: 'true' }),
  );
  const orders = `${sample.url}/v1/namespaces/sales/tables/orders?snapshots=refs`;
  await sideBySide('loadTable', orders, bff('table', { place: `${sales}&t=orders`, fresh: 'true' }));
  await sideBySide('loadTable, read again within 30 s', orders, bff('table', { place: `${sales}&t=orders`, fresh: 'false' }));
  await rate('table pages rendered', `${crowsnest.url}/c/bench/t/overview?ns=sales&t=orders`);
  await rate('namespace pages rendered', `${crowsnest.url}/c/bench/ns?ns=sales`);

  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  await comesUp(browser, 'a namespace', `${crowsnest.url}/c/bench/ns?ns=sales`, 'orders');

  const many = `${crowsnest.url}/c/bench/ns?ns=scale_tables`;
  const long = `${crowsnest.url}/c/bench/t/snapshots?ns=scale_history&t=events`;
  const [namespace, history] = [await timed(many), await timed(long)];
  say(`${TABLES} tables: page with the first rows`, `${ms(namespace.ms)}, ${(namespace.bytes / 1024).toFixed(0)} KiB uncompressed`);
  say(`${SNAPSHOTS} snapshots: page with the first rows`, `${ms(history.ms)}, ${(history.bytes / 1024).toFixed(0)} KiB uncompressed (budget 200)`);
  await browse(browser, `${TABLES} tables`, many);
  await browse(browser, `${SNAPSHOTS} snapshots`, long);
  await figures(browser, '230 tables at 20 ms a call: all figures of the first screen', `${crowsnest.url}/c/far/ns?ns=partners&tab=tables`);
  await keystroke(browser, `${crowsnest.url}/c/bench/table-new?ns=sales`);
  await browser.close();
  // One that ends with the names read.
  while ((await (await fetch(bff('search', { ask: 'q=table' }), { headers: CALL })).text()).includes('"reading":true'));
  for (const [what, ask] of [['a part', 'q=0991'], ['one mistake', 'q=tabel_0991'], ['nothing', 'q=zebra']]) {
    const times = [];
    for (let round = 0; round < 20; round += 1) times.push((await timed(bff('search', { ask }))).ms);
    say(`search over ${TABLES} names, ${what}, p50`, `${ms(at(times.sort((x, y) => x - y), 0.5))} (budget 50 ms)`);
  }
  await committed(`${sample.url}/v1/namespaces/sales/tables/orders`, `${crowsnest.url}/c/bench/table-edit?ns=sales&t=orders`);
  const expiry = `${crowsnest.url}/c/bench/snapshots-expire?ns=scale_history&t=events`;
  const expires = [];
  for (let round = 0; round < 5; round += 1) expires.push((await send(expiry, [['expire_by', 'policy']])).ms);
  // Reads the same, and has nothing to simulate.
  const read = [];
  for (let round = 0; round < 5; round += 1) read.push((await timed(expiry.replace('snapshots-expire', 'unused-remove'))).ms);
  const [shown, alone] = [median(expires), median(read)];
  say(`${SNAPSHOTS} snapshots: what expires, read, simulated and shown`, `${ms(shown)}, of which reading ${ms(alone)}: ${ms(shown - alone)} (budget 200)`);
  const { identifiers } = await (await fetch(`${sample.url}/v1/namespaces/scale_tables/tables?pageSize=1000`)).json();
  await bulk(`${crowsnest.url}/c/bench/tables-change?ns=scale_tables`, identifiers.slice(0, 1000).map(({ name }) => name));
  await people({ start, bin: crowsnestBin, folder, catalog: sample.url, say, ms, at, residentMiB });
  await fleet({ start, bin: crowsnestBin, sampleBin, folder, catalog: sample.url, say, ms, at, residentMiB });
  say('memory, after all', `${residentMiB(crowsnest.child).toFixed(1)} MiB`);
} finally {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
