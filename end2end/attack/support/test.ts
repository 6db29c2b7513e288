// The test of every check: what it started is stopped when it ends, however it ends.
import { test as base } from '@playwright/test';
import { Console } from './console.ts';
import { Mock } from './mock.ts';

export interface Stage {
  start: typeof Console.start;
  serve: typeof Mock.start;
}

export const test = base.extend<Stage>({
  start: async ({}, use) => {
    const started: Console[] = [];
    await use(async (...settings) => {
      const console = await Console.start(...settings);
      started.push(console);
      return console;
    });
    for (const console of started) await console.stop();
  },
  serve: async ({}, use) => {
    const started: Mock[] = [];
    await use(async (...behaviours) => {
      const mock = await Mock.start(...behaviours);
      started.push(mock);
      return mock;
    });
    for (const mock of started) await mock.stop();
  },
});

export { expect } from '@playwright/test';
