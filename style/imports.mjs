// Short names for what the main module takes from its script: those that wasm-bindgen gives hold a hash each, which stands
// in both files and cannot be compressed.
import { readFileSync, writeFileSync } from 'node:fs';

const IMPORTS = 2;
const HASHED = /__wb\w+_[0-9a-f]{16}/g;

/** Renames them in the module at one path and in the script at another. */
export function shorten(wasm, script) {
  const module = readFileSync(wasm);
  const names = new Map();
  const short = (name) => names.get(name) ?? names.set(name, `$${names.size.toString(36)}`).get(name);
  const pieces = [module.subarray(0, 8)];
  for (let at = 8; at < module.length; ) {
    const id = module[at];
    const { value: length, end: start } = number(module, at + 1);
    const end = start + length;
    if (id !== IMPORTS) pieces.push(module.subarray(at, end));
    else {
      const content = renamed(module.subarray(start, end), short);
      pieces.push(Buffer.from([id, ...leb(content.length)]), content);
    }
    at = end;
  }
  let code = readFileSync(script, 'utf8');
  for (const name of names.keys()) if (!code.includes(name)) throw new Error(`${script} does not have ${name}`);
  code = code.replace(HASHED, (name) => names.get(name) ?? name);
  writeFileSync(wasm, Buffer.concat(pieces));
  writeFileSync(script, code);
}

/** A section of imports (WebAssembly specification, 5.5.5): a module, a name and what it is, each. */
function renamed(section, short) {
  const { value: count, end } = number(section, 0);
  const pieces = [section.subarray(0, end)];
  let at = end;
  for (let index = 0; index < count; index++) {
    const from = text(section, at);
    const name = text(section, from.end);
    const kind = section[name.end];
    const after = described(section, kind, name.end + 1);
    const called = name.value.match(HASHED)?.[0] === name.value ? short(name.value) : name.value;
    pieces.push(section.subarray(at, from.end), Buffer.from([...leb(called.length), ...Buffer.from(called)]), section.subarray(name.end, after));
    at = after;
  }
  return Buffer.concat(pieces);
}

/** Where the description of an import ends: a function, a table, a memory, a global or a tag. */
function described(bytes, kind, at) {
  const limits = (at) => {
    const least = number(bytes, at + 1).end;
    return bytes[at] & 1 ? number(bytes, least).end : least;
  };
  if (kind === 0) return number(bytes, at).end;
  if (kind === 1) return limits(at + 1);
  if (kind === 2) return limits(at);
  if (kind === 3) return at + 2;
  if (kind === 4) return number(bytes, at + 1).end;
  throw new Error(`an import of kind ${kind}`);
}

function text(bytes, at) {
  const { value: length, end } = number(bytes, at);
  return { value: bytes.toString('utf8', end, end + length), end: end + length };
}

function number(bytes, at) {
  let [value, shift] = [0, 0];
  for (; ; at++, shift += 7) {
    value += (bytes[at] & 127) * 2 ** shift;
    if (bytes[at] < 128) return { value, end: at + 1 };
  }
}

/** A number as modules have them, seven bits a byte. */
export const leb = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);
