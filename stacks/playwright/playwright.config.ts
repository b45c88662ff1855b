import { defineConfig } from '@playwright/test'

export default defineConfig({
  use: { launchOptions: { executablePath: process.env.UNDERSTUDY_CHROMIUM, args: ['--no-sandbox'] } },
})
