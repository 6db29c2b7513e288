// What a browser downloads for its first page, in bytes after brotli: at home, and at each part of the pages that a person
// may land on. Usage: node size.mjs SITE
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AREA, LATER, OUTSIDE, TABLE_PARTS, WITHIN_AREA } from '../style/parts.mjs';

const [site] = process.argv.slice(2);
const KIB = 1024;
const HOME = 256 * KIB;
const TABLES = 360 * KIB;
const OTHERS = 380 * KIB;
// More is on these pages: lists that read on as one scrolls, and the wizard's rules.
const LARGE = { namespace: 408 * KIB, destination: 512 * KIB };
const budgetOf = (name) => (name === 'home' ? HOME : (LARGE[name] ?? (TABLE_PARTS.includes(name) ? TABLES : OTHERS)));
const sizeOf = (file, suffix = '.br') => statSync(join(site, `${file}${suffix}`)).size;
const sum = (files) => [...files].reduce((total, file) => total + sizeOf(file), 0);

// crowsnest.js imports the code that fetches the parts: under a name that has no hash.
const loader = readdirSync(join(site, 'pkg')).find((file) => /^__wasm_split\..*\.js$/.test(file));
const home = ['pkg/crowsnest.js', `pkg/${loader}`, 'pkg/crowsnest.wasm', 'pkg/crowsnest.css', 'favicon.svg'];
console.log(`${'file'.padEnd(26)} ${'raw'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}`);
for (const file of home) {
  const sizes = ['', '.gz', '.br'].map((suffix) => String(sizeOf(file, suffix)).padStart(9));
  console.log(`${basename(file).replace(/_{5,}/, '').padEnd(26)} ${sizes.join(' ')}`);
}

const parts = Object.entries(JSON.parse(readFileSync(join(site, 'pkg/__wasm_split_manifest.json'), 'utf8')));
const needs = new Map(parts.map(([name, files]) => [name, files.map((file) => `pkg/${file}.wasm`)]));
const area = needs.get(AREA);
const landings = [['home', new Set(home)]];
for (const [name, files] of needs) {
  if (![AREA, LATER, ...WITHIN_AREA].includes(name)) landings.push([name, new Set([...home, ...(OUTSIDE.includes(name) ? [] : area), ...files])]);
}
let over = 0;
for (const [name, files] of landings) {
  const [bytes, budget] = [sum(files), budgetOf(name)];
  if (bytes > budget) over += 1;
  console.log(`first load of ${name.replaceAll('_', ' ')}: ${bytes} bytes in ${files.size} files, budget ${budget}${bytes > budget ? ': OVER' : ''}`);
}
const later = [...needs.get(LATER)].filter((file) => !area.includes(file));
console.log(`once such a page is alive: at most ${sum(later)} bytes in ${later.length} files`);
process.exit(over ? 1 : 0);
