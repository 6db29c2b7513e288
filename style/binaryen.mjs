// Binaryen's tools for many files, side by side. Each is a program that compiles itself when it starts, which takes longer
// than its work on a small file: here that is done once for each thread.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

const file = fileURLToPath(import.meta.url);

/** Runs each of `jobs`, which are lists of [tool, ...arguments] that follow one another. */
export async function runAll(jobs) {
  const left = [...jobs];
  const thread = () => new Promise((resolve, reject) => {
    const worker = new Worker(file);
    const next = () => { worker.postMessage(left.shift() ?? []); };
    worker.on('message', next).on('error', reject).on('exit', resolve);
    next();
  });
  await Promise.all(Array.from({ length: Math.min(jobs.length, availableParallelism()) }, thread));
}

/** A function that runs a tool on arguments. */
function made(tool) {
  const path = join(dirname(file), 'node_modules/binaryen/bin', tool);
  const require = createRequire(path);
  const program = new Function('Module', 'require', '__filename', '__dirname', fs.readFileSync(path, 'utf8').replace(/^#!.*/, ''));
  const instantiate = WebAssembly.instantiate;
  let compiled;
  return async (...args) => {
    WebAssembly.instantiate = async (bytes, imports) => {
      compiled ??= await WebAssembly.compile(bytes);
      return { instance: await instantiate(compiled, imports) };
    };
    const said = [];
    // It warns of names that it does not know: what it says is told where it fails.
    const writeSync = (to, bytes, start, length, ...at) => {
      if (to !== 2) return fs.writeSync(to, bytes, start, length, ...at);
      said.push(Buffer.from(bytes.slice(start, start + length)).toString());
      return length;
    };
    const need = (name) => (name === 'node:fs' ? { ...fs, writeSync } : require(name));
    await new Promise((resolve) => {
      program({ arguments: args, postRun: [resolve] }, need, path, dirname(path));
    });
    WebAssembly.instantiate = instantiate;
    if (process.exitCode) throw new Error([`${tool} ${args.join(' ')} ended with ${process.exitCode}`, ...said].join('\n'));
  };
}

if (!isMainThread) {
  const tools = new Map();
  parentPort.on('message', async (job) => {
    if (!job.length) return parentPort.close();
    for (const [tool, ...args] of job) {
      if (!tools.has(tool)) tools.set(tool, made(tool));
      await tools.get(tool)(...args);
    }
    parentPort.postMessage('done');
  });
}
