import { defineConfig } from '@playwright/test';

export default defineConfig({
  outputDir: 'artifacts/results',
  globalSetup: './support/server.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A machine that tests for others is sometimes too busy for a browser; what was tried again is counted.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['./support/lines.ts'], ['json', { outputFile: 'artifacts/report.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Nothing of the browser's own may reach for the network: a request to another origin fails a test.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'sample', testDir: 'tests' },
    { name: 'real', testDir: 'catalogs', testIgnore: 'changes/**' },
    { name: 'changes', testDir: 'catalogs/changes' },
  ],
});
