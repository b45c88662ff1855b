import { existsSync } from 'node:fs'

/** Where a Chromium may be: `CHROMIUM_PATH`, or where distributions put it. */
const places = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser that browser tests run in; undefined where there is none, and then they say that they did not run. */
export const chromiumPath: string | undefined = places.find((path) => path !== undefined && existsSync(path))

/** Starts quietly, alone, and asks nobody anything. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
