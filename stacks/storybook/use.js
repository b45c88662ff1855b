// Opens the stories one after the other in the same preview, as Storybook's sidebar does.
import { spawn } from 'node:child_process'
import { chromium } from 'playwright-core'

const port = '46006'
const url = `http://localhost:${port}`
const storybook = spawn('storybook', ['dev', '--ci', '--port', port], { stdio: ['ignore', 2, 2], detached: true })
const browser = await chromium.launch({
  executablePath: process.env.UNDERSTUDY_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  while (
    !(await fetch(`${url}/index.json`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await new Promise((go) => setTimeout(go, 500))
  const page = await browser.newPage()
  // What Vite finds on the way it bundles anew, and reloads the page.
  await page.goto(`${url}/iframe.html?id=login--blocked&viewMode=story`, { timeout: 120_000 })
  await page.locator('#state', { hasText: 'blocked' }).waitFor({ timeout: 60_000 })
  await page.waitForTimeout(3_000)
  await page.locator('#state', { hasText: 'blocked' }).waitFor()
  await page.click('understudy-panel .toggle')
  await page.evaluate(() => {
    const channel = window.__STORYBOOK_ADDONS_CHANNEL__
    channel.emit('setCurrentStory', { storyId: 'login--onboarding', viewMode: 'story' })
  })
  await page.locator('#state', { hasText: 'onboarding' }).waitFor({ timeout: 30_000 })
  const users = page.locator('understudy-panel #panel details').first()
  await users.getByText('onboarding').first().waitFor()
  console.log('each story has its world, and the panel is still open')
} finally {
  await browser.close()
  process.kill(-storybook.pid)
}
