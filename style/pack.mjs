// Makes what the browser downloads of what cargo-leptos made: the code of each page in one file, shrunk, and all files
// compressed.
//
// What pages share comes as a part of its own for each set of pages: hundreds, many of a few bytes. Joined are those that are
// needed together, then those that cost pages less to take without need than a module of their own does. A page's file holds
// all of its parts, so that it is one request and compressed as one; a part that came with another page is not made again.
// Usage: node pack.mjs SITE
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { runAll } from './binaryen.mjs';
import { mixed } from './colours.mjs';
import { leb, shorten } from './imports.mjs';
import { AREA, OUTSIDE, WITHIN_AREA } from './parts.mjs';

// Bytes of code, before compression, that a page rather takes without need than in a module of its own.
const MODULE = 2_500;

const site = process.argv[2];
const folder = join(site, 'pkg');
const features = ['--enable-bulk-memory', '--enable-nontrapping-float-to-int'];
// Nothing lies in the first KB: it is the end of the stack.
const small = ['-Oz', '--low-memory-unused'];
const tools = join(import.meta.dirname, 'node_modules/.bin');
const at = (name) => join(folder, name);
const manifestFile = at('__wasm_split_manifest.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
manifest[AREA] = [...new Set([AREA, ...WITHIN_AREA].flatMap((root) => manifest[root]))];
for (const root of WITHIN_AREA) delete manifest[root];
const roots = Object.keys(manifest);
const pages = roots.filter((root) => root !== AREA);
const within = pages.filter((root) => !OUTSIDE.includes(root));

/** What is one module: its files, the pages that need all of it or a part. */
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

/** Bytes that a page takes without need when these are one: for each module that this saves, and at most. */
function cost(one, other) {
  const extra = [...one.needs].map((page) => (other.needs.has(page) ? 0 : other.bytes));
  extra.push(...[...other.needs].map((page) => (one.needs.has(page) ? 0 : one.bytes)));
  const saved = [...one.needs].filter((page) => other.needs.has(page)).length;
  return Math.max(extra.reduce((sum, bytes) => sum + bytes, 0) / saved, Math.max(...extra) / 4);
}
const pairsOf = (one, others) => others.map((other) => ({ one, other, cost: cost(one, other) })).filter(({ cost }) => cost < MODULE);
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

// The largest first: the main module alone takes as long as half of the others.
parts.sort((one, other) => other.bytes - one.bytes);
const nameOf = new Map(parts.flatMap(({ files }, index) => files.map((file) => [file, `part_${index}`])));
const shrunk = (file) => ['wasm-opt', ...small, ...features, file, '-o', file];
const joined = parts.map(({ files }, index) => {
  const part = at(`part_${index}.wasm`);
  return [['wasm-merge', ...features, host, '__wasm_split', ...files.flatMap((file) => [at(`${file}.wasm`), file]), '-o', part], shrunk(part)];
});
const main = readdirSync(folder).filter((file) => file.endsWith('.wasm') && !nameOf.has(file.replace(/\.wasm$/, '')));
await runAll([...main.map((file) => [shrunk(at(file))]), ...joined]);
for (const file of main) shorten(at(file), at(file.replace(/\.wasm$/, '.js')));
for (const file of [...nameOf.keys()].map((file) => `${file}.wasm`).concat('host.wat')) rmSync(at(file));

// A page's file: a module that does nothing, with a section that names its parts and each part in a section of its name.
const EMPTY = Buffer.from('0061736d01000000', 'hex');
const section = (name, content) => {
  const head = Buffer.concat([Buffer.from(leb(name.length)), Buffer.from(name)]);
  return Buffer.concat([Buffer.from([0, ...leb(head.length + content.length)]), head, content]);
};
const named = (root) => [...new Set(manifest[root].map((file) => nameOf.get(file)))];
const area = named(AREA);
const partsOf = new Map(roots.map((root) => [root, named(root).filter((part) => !within.includes(root) || !area.includes(part))]));
for (const [root, names] of partsOf) {
  writeFileSync(at(`${root}.wasm`), Buffer.concat([EMPTY, section('parts', Buffer.from(names.join())), ...names.map((name) => section(name, readFileSync(at(`${name}.wasm`))))]));
}
for (const name of new Set(nameOf.values())) rmSync(at(`${name}.wasm`));
const fileOf = (root) => (WITHIN_AREA.includes(root) ? AREA : root);
const all = [...roots, ...WITHIN_AREA];
writeFileSync(manifestFile, JSON.stringify(Object.fromEntries(all.map((root) => [root, [fileOf(root)]]))));

// The loader, after what it begins with: a line for each file, then a function for each root.
const loader = at(readdirSync(folder).find((file) => /^__wasm_split\..*\.js$/.test(file)));
const text = readFileSync(loader, 'utf8');
const head = text.slice(0, text.search(/^\/\* \w+(, \w+)* \*\/$/m));
// `compile` is the document's: it has begun with what its head names.
const make = `const made = {};
function makeParts(file) {
    return makeLoad(() => {
        const compiled = compile(new URL(file, import.meta.url).href);
        return async ({ __wasm_split: host }) => {
            const parts = await compiled;
            return Promise.all(parts.map(([name, part]) => made[name] ??= WebAssembly.instantiate(part, { host }).catch((error) => { delete made[name]; throw error; })));
        };
    }, []);
}`;
const lines = roots.map((root) => `const ${root} = makeParts("./${root}.wasm");`);
const loads = all.map((root) => {
  const name = `__wasm_split_load_${root}`;
  if (!text.includes(`export const ${name} = wrapAsyncCb(`)) throw new Error(`${loader} does not load ${root}`);
  const needed = within.includes(root) ? [AREA, root] : [fileOf(root)];
  return `export const ${name} = wrapAsyncCb(() => Promise.all([${needed.map((root) => `${root}()`)}]));`;
});
writeFileSync(loader, `${[head, make, ...lines, ...loads].join('\n')}\n`);

for (const file of readdirSync(folder).filter((file) => file.endsWith('.css'))) {
  writeFileSync(at(file), mixed(readFileSync(at(file), 'utf8')));
}

// In blocks of 64 KiB code is smaller by a part in 400 than in those that the compressor chooses.
const params = { [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_LGBLOCK]: 16 };
const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
await Promise.all(
  files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  }),
);
console.log(`joined ${nameOf.size} parts of the code to ${parts.length}, in ${roots.length} files`);
