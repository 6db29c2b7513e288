// Many connections, and two large catalogs beside each other.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LISTED = 1_000;
const PROBED = 100;
const TABLES = 10_000;

const block = (name, url) => `[[connection]]\nname = "${name}"\nkind = "generic"\nurl = "${url}"\n`;

/** The sample, and how many calls it had. */
async function counted(url) {
  const seen = { calls: 0 };
  const server = createServer((from, to) => {
    seen.calls += 1;
    const call = request(`${url}${from.url}`, { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode, answer.headers);
      answer.pipe(to);
    });
    from.pipe(call);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return Object.assign(seen, { url: `http://127.0.0.1:${server.address().port}` });
}

async function read(url) {
  const answer = await fetch(url);
  const page = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return page;
}

export async function fleet({ start, bin, sampleBin, folder, catalog, say, ms, at, residentMiB }) {
  const crowsnest = async (name, blocks) => {
    const config = join(folder, `${name}.toml`);
    writeFileSync(config, `metrics_listen = "127.0.0.1:0"\nstore = "${join(folder, `${name}.db`)}"\n${blocks.join('')}`);
    return start(bin, ['--config', config, '--listen', '127.0.0.1:0']);
  };

  // Nothing listens there: what is measured is ours.
  const many = await crowsnest('many', Array.from({ length: LISTED }, (_, index) => block(`c${index}`, 'http://127.0.0.1:9')));
  await pause(3000);
  for (const path of ['/connections', '/']) {
    const times = [];
    for (let round = 0; round < 20; round += 1) {
      const began = performance.now();
      await read(`${many.url}${path}`);
      times.push(performance.now() - began);
    }
    say(`${LISTED} connections: ${path}, p50`, `${ms(at(times.sort((a, b) => a - b), 0.5))} (budget 100)`);
  }
  many.child.kill();

  const seen = await counted(catalog);
  const fleet = await crowsnest('fleet', Array.from({ length: PROBED }, (_, index) => block(`c${index}`, seen.url)));
  await pause(5000);
  seen.calls = 0;
  const headers = { origin: fleet.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
  await fetch(`${fleet.url}/connections/probe`, { method: 'POST', redirect: 'manual', headers });
  await pause(3000);
  say(`${PROBED} connections looked at: calls`, String(seen.calls));
  fleet.child.kill();

  const [first, second] = await Promise.all([1, 2].map(() => start(sampleBin, ['--port', '0', '--tables', String(TABLES)])));
  const two = await crowsnest('two', [block('a', first.url), block('b', second.url)]);
  const before = residentMiB(two.child);
  let most = before;
  const began = performance.now();
  for (;;) {
    const page = await read(`${two.url}/compare?c=a&to-c=b`);
    most = Math.max(most, residentMiB(two.child));
    if (page.includes('Done: ')) break;
    if (page.includes('Stopped: ')) throw new Error('stopped');
    await pause(100);
  }
  say(`two catalogs of ${TABLES} tables compared`, `${ms(performance.now() - began)}, ${(most - before).toFixed(0)} MiB more at most`);
  for (const { child } of [first, second, two]) child.kill();
}
