import type { Page } from 'playwright-core'
import type { Opened } from './stand.ts'

/** A name that few places have room for. */
export const long = 'maximiliana.featherstonehaugh-von-hohenzollern+second-factor@customers.support.example.org'

/** A way to show a part of the console, coming from the one before. */
export interface Situation {
  readonly title: string
  readonly arrange: (opened: Opened) => Promise<unknown>
  /** What lies above all else, if it is not the dialog that is open. */
  readonly above?: string
}

/** Shows a view. */
export async function show(page: Page, view: string): Promise<void> {
  await goTo(page, `#${view}`)
  await page.locator(`main.${view}`).waitFor()
}

/** Closes the dialog that is open. */
export async function leaveDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
}

/** Goes where a fragment leads. */
export function goTo(page: Page, fragment: string): Promise<void> {
  return page.evaluate((text) => {
    location.hash = text
  }, fragment)
}
