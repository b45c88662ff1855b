import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const files = [
  { weight: '400', path: require.resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2') },
  { weight: '700', path: require.resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2') },
].map(({ weight, path }) => ({ weight, data: readFileSync(path, 'base64') }))

/**
 * Has a page write in DejaVu Sans, with text of `px` where people leave it at 16.
 *
 * Few systems have a wider font, and a plain Debian has no other; all machines measure the same with it.
 */
export async function useWideText(page: Page, px: number): Promise<void> {
  // As the browser's own setting does: `em` of media queries grows as well.
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setFontSizes', { fontSizes: { standard: px, fixed: px - 3 } })
  await page.evaluate(async (fonts) => {
    for (const { weight, data } of fonts) {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
      document.fonts.add(await new FontFace('wide', bytes, { weight }).load())
    }
    for (const name of ['--sans', '--mono']) document.documentElement.style.setProperty(name, 'wide')
  }, files)
}
