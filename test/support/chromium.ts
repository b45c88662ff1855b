import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const named = process.env['UNDERSTUDY_CHROMIUM']

/** The Chromium to test with: the one that UNDERSTUDY_CHROMIUM names, or one in a usual place. */
export const chromiumPath: string | undefined = named ?? places.find((path) => existsSync(path))

/** Why browser tests are skipped, in words, where they are. */
export const whyNoChromium =
  `No Chromium was found, so the browser tests are skipped. Install one (Debian: apt-get install chromium), or name it ` +
  `in UNDERSTUDY_CHROMIUM. Looked at ${places.join(', ')}.`

/** Starts quietly, and asks nobody anything. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
]

let shared: Promise<Browser> | undefined

/**
 * The browser of this process, which calls nobody and ends with the process. Test files share it, as starting one takes
 * longer than most of them; each opens contexts of its own and closes those.
 */
export function sharedChromium(): Promise<Browser> {
  shared ??= chromium.launch({
    executablePath: chromiumPath ?? '',
    headless: true,
    // A process that is asked to end does so at once; the browser follows when it is gone.
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...chromiumArgs],
  })
  return shared
}
