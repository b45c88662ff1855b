import { defineConfig } from '@playwright/test'
import type { UnderstudyFixtures, UnderstudyWorkerFixtures } from 'auth-understudy/playwright'

// The app, as it is shipped, and its server are started here, unless somebody says where they run.
const understudyUrl = process.env['UNDERSTUDY_URL'] ?? 'http://127.0.0.1:4010'
const baseURL = process.env['APP_URL'] ?? 'http://127.0.0.1:5173'
const chromium = process.env['UNDERSTUDY_CHROMIUM'] ?? '/usr/bin/chromium'

const understudy = {
  command: 'npx understudy serve',
  url: `${understudyUrl}/__understudy/health`,
  reuseExistingServer: true,
}
const app = {
  command: 'npx vite build .. && npx vite preview .. --host 127.0.0.1 --port 5173 --strictPort',
  env: { JIRA_URL: understudyUrl },
  url: baseURL,
  reuseExistingServer: true,
}

export default defineConfig<UnderstudyFixtures, UnderstudyWorkerFixtures>({
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  outputDir: process.env['OUTPUT'] ?? '../test-results',
  ...(process.env['APP_URL'] === undefined ? { webServer: [understudy, app] } : {}),
  use: {
    baseURL,
    understudyUrl,
    // Debian's. Leave this out to have the one that `npx playwright install` brings.
    launchOptions: { executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] },
  },
})
