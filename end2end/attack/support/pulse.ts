// Whether the process still answers while it is attacked.
import { setTimeout as pause } from 'node:timers/promises';
import type { Console } from './console.ts';

/** Asks for health again and again while `work` goes on; the longest that an answer took, in milliseconds. */
export async function pulse<T>(console: Console, work: () => Promise<T>): Promise<{ slowest: number; result: T }> {
  let over = false;
  let slowest = 0;
  const asking = (async () => {
    while (!over) {
      const began = performance.now();
      await console.health(5_000).catch(() => undefined);
      slowest = Math.max(slowest, performance.now() - began);
      await pause(50);
    }
  })();
  try {
    return { result: await work(), get slowest() { return slowest; } };
  } finally {
    over = true;
    await asking;
  }
}
