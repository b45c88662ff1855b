// Starts the app, and uses it in a browser.
import { spawn } from 'node:child_process'
import { chromium } from 'playwright-core'

const next = spawn('next', ['dev', '--port', '0'], { stdio: ['ignore', 'pipe', 2], detached: true })
const url = await new Promise((resolve) => {
  let said = ''
  next.stdout.on('data', (chunk) => {
    said += chunk
    const found = /http:\/\/localhost:\d+/.exec(said)
    if (found !== null) resolve(found[0])
  })
})
const browser = await chromium.launch({
  executablePath: process.env.UNDERSTUDY_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage()
  await page.goto(url, { timeout: 120_000 })
  // The button works as soon as React has taken the page over.
  const clicked = async () => {
    await page.click('#page')
    await page.locator('#page', { hasText: 'blocked' }).waitFor({ timeout: 5_000 })
  }
  for (let tries = 5; tries > 0; tries--) {
    if (
      await clicked().then(
        () => true,
        () => false,
      )
    )
      break
  }
  const inPage = await page.textContent('#page')
  await page.reload()
  console.log(`the page: ${inPage}, the server: ${await page.textContent('#server')}`)
} finally {
  await browser.close()
  process.kill(-next.pid)
}
