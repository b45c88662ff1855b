import { defineConfig } from '@playwright/test'
import type { UnderstudyFixtures, UnderstudyWorkerFixtures } from 'auth-understudy/playwright'
import { demo } from '../realm.js'

export default defineConfig<UnderstudyFixtures, UnderstudyWorkerFixtures>({
  timeout: 60_000,
  outputDir: process.env['OUTPUT'] ?? '../test-results',
  use: {
    // A server with this API is started for each worker.
    apis: [demo],
    // Debian's. Leave this out to have the one that `npx playwright install` brings.
    launchOptions: {
      executablePath: process.env['UNDERSTUDY_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    },
  },
})
