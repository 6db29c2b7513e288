// The attack: a release binary of its own for each check, over catalogs that misbehave.
import { defineConfig } from '@playwright/test';
import browser from '../playwright.config.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../artifacts/attack',
  // What is bounded here is memory, sockets and time of a whole process: two at once would disturb each other.
  workers: 1,
  forbidOnly: !!process.env.CI,
  timeout: 600_000,
  reporter: [['./support/closing.ts']],
  use: { ...browser.use, screenshot: 'off' },
});
