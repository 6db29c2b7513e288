// Makes what the browser downloads of what cargo-leptos made: fewer parts of the code, shrunk, and all files compressed.
//
// What pages share comes as a part of its own for each set of pages: hundreds, many smaller than the request that fetches
// them. Joined are those that are needed together, then those that cost pages less to fetch without need than a request does.
// Usage: node pack.mjs SITE
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { AREA, OUTSIDE } from './parts.mjs';

// Bytes of code, before compression, that a page rather fetches without need than in a request of its own.
const REQUEST = 32_000;

const site = process.argv[2];
const folder = join(site, 'pkg');
const features = ['--enable-bulk-memory', '--enable-nontrapping-float-to-int'];
const tools = join(import.meta.dirname, 'node_modules/.bin');
const at = (name) => join(folder, name);
const manifestFile = at('__wasm_split_manifest.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const roots = Object.keys(manifest);
const pages = roots.filter((root) => root !== AREA);
const within = pages.filter((root) => !OUTSIDE.includes(root));

/** What is fetched as one: its files, the pages that need all of it or a part. */
const groups = new Map();
for (const file of new Set(Object.values(manifest).flat())) {
  const needs = pages.filter((page) => manifest[page].includes(file) || (within.includes(page) && manifest[AREA].includes(file)));
  const key = needs.join();
  const group = groups.get(key) ?? { files: [], needs: new Set(needs), bytes: 0 };
  group.files.push(file);
  group.bytes += statSync(at(`${file}.wasm`)).size;
  groups.set(key, group);
}
let parts = [...groups.values()];

/** Bytes that a page fetches without need when these are one: for each request that this saves, and at most. */
function cost(one, other) {
  const extra = [...one.needs].map((page) => (other.needs.has(page) ? 0 : other.bytes));
  extra.push(...[...other.needs].map((page) => (one.needs.has(page) ? 0 : one.bytes)));
  const saved = [...one.needs].filter((page) => other.needs.has(page)).length;
  return Math.max(extra.reduce((sum, bytes) => sum + bytes, 0) / saved, Math.max(...extra) / 4);
}
const pairsOf = (one, others) => others.map((other) => ({ one, other, cost: cost(one, other) })).filter(({ cost }) => cost < REQUEST);
let pairs = parts.flatMap((one, index) => pairsOf(one, parts.slice(index + 1)));
while (pairs.length) {
  const { one, other } = pairs.reduce((least, pair) => (pair.cost < least.cost ? pair : least));
  const both = { files: [...one.files, ...other.files], needs: new Set([...one.needs, ...other.needs]), bytes: one.bytes + other.bytes };
  parts = parts.filter((part) => part !== one && part !== other);
  pairs = pairs.filter((pair) => ![pair.one, pair.other].some((part) => part === one || part === other)).concat(pairsOf(both, parts));
  parts.push(both);
}

// All they share is the memory, the table and the stack of the main module: each fills its own places there. The first to
// be merged takes these from outside, and the others from it.
const run = (tool, ...args) => execFileSync(join(tools, tool), args, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
const shared = new Map();
for (const file of parts.flatMap(({ files }) => files)) {
  if (shared.size === 3) break;
  for (const [, name, type] of `${run('wasm-dis', ...features, at(`${file}.wasm`))}`.matchAll(/\(import "__wasm_split" "(\w+)" \(((?:memory|table|global) .*)\)\)$/gm)) {
    shared.set(name, type.replace(/\$\S+ /, ''));
  }
}
const host = at('host.wat');
writeFileSync(
  host,
  `(module ${[...shared].map(([name, type]) => `(import "host" "${name}" (${type})) (export "${name}" (${type.split(' ')[0]} 0))`).join(' ')})`,
);

parts.sort((one, other) => (one.files[0] < other.files[0] ? -1 : 1));
const nameOf = new Map();
for (const [index, { files }] of parts.entries()) {
  const name = `part_${index}`;
  run('wasm-merge', ...features, host, '__wasm_split', ...files.flatMap((file) => [at(`${file}.wasm`), file]), '-o', at(`${name}.wasm`));
  files.forEach((file) => nameOf.set(file, name));
}
for (const file of [...nameOf.keys()].map((file) => `${file}.wasm`).concat('host.wat')) rmSync(at(file));
for (const root of roots) manifest[root] = [...new Set(manifest[root].map((file) => nameOf.get(file)))];
writeFileSync(manifestFile, JSON.stringify(manifest));

// The loader, after what it begins with: a line for each part, then a function for each root.
const loader = at(readdirSync(folder).find((file) => /^__wasm_split\..*\.js$/.test(file)));
const text = readFileSync(loader, 'utf8');
const head = text.slice(0, text.search(/^\/\* \w+(, \w+)* \*\/$/m));
const lines = parts.map(
  (_, index) =>
    `const part_${index} = makeLoad(() => { const src = fetch(new URL("./part_${index}.wasm", import.meta.url)); return ({ __wasm_split: host }) => WebAssembly.instantiateStreaming(src, { host }); }, []);`,
);
const loads = roots.map((root) => {
  const name = `__wasm_split_load_${root}`;
  if (!text.includes(`export const ${name} = wrapAsyncCb(`)) throw new Error(`${loader} does not load ${root}`);
  return `export const ${name} = wrapAsyncCb(() => Promise.all([${manifest[root].map((part) => `${part}()`)}]));`;
});
writeFileSync(loader, `${[head, ...lines, ...loads].join('\n')}\n`);

const shrink = (file) =>
  promisify(execFile)(join(tools, 'wasm-opt'), ['-Oz', ...features, file, '-o', file]);
const codes = readdirSync(folder).filter((file) => file.endsWith('.wasm')).map(at);
// Two at a time: the main module alone takes as long as half of the others.
codes.sort((one, other) => statSync(other).size - statSync(one).size);
await Promise.all([0, 1].map(async () => { while (codes.length) await shrink(codes.shift()); }));

const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
await Promise.all(
  files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } }));
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  }),
);
console.log(`joined ${nameOf.size} parts of the code to ${parts.length}`);
