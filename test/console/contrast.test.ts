import type { CDPSession, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findContrastFaults } from './contrast-faults.ts'
import { crowded, fill, situations } from './situations.ts'
import { describeInBrowser, type Opened } from './stand.ts'

/** What pointing, going there by keys and pressing makes of every control. */
const states = [[], ['hover'], ['focus', 'focus-visible'], ['hover', 'focus', 'active']] as const

/** Has every control of a page be in a state, as if somebody pointed at it or pressed it. */
async function force(session: CDPSession, state: readonly string[], tries = 10): Promise<void> {
  const { root } = await session.send('DOM.getDocument', { depth: 0 })
  const selector = 'a, button, input, select, textarea, summary'
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector })
  const forced = await Promise.allSettled(
    nodeIds.map((nodeId) => session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: [...state] })),
  )
  const failed = forced.find((each) => each.status === 'rejected')
  if (failed === undefined) return
  // The page may have drawn something anew since it was asked what there is: then all are looked up again.
  if (tries <= 1 || !String(failed.reason).includes('Could not find node')) throw failed.reason
  await force(session, state, tries - 1)
}

/** What cannot be read in one of the states. */
async function faultsOf(page: Page, session: CDPSession, title: string): Promise<string[]> {
  const faults: string[] = []
  for (const state of states) {
    await force(session, state)
    for (const fault of await page.evaluate(findContrastFaults)) faults.push(`${title}, ${state.join(' ')}: ${fault}`)
  }
  await force(session, [])
  return faults
}

async function watch(opened: Opened): Promise<CDPSession> {
  const session = await opened.page.context().newCDPSession(opened.page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  return session
}

/** Whether an attribute makes a difference that can be seen; without a value it is not there. */
async function differs(
  page: Page,
  of: Locator,
  name: string,
  values: readonly (string | undefined)[],
): Promise<boolean> {
  const seen = new Set<string>()
  for (const value of values) {
    await of.evaluate(
      (element, [attribute, to]) =>
        to === undefined ? element.removeAttribute(attribute) : element.setAttribute(attribute, to),
      [name, value] as const,
    )
    await page.mouse.move(0, 0)
    seen.add((await of.screenshot({ animations: 'disabled' })).toString('base64'))
  }
  return seen.size === values.length
}

describeInBrowser('the colours of the console', (stand) => {
  test.each(['light', 'dark'] as const)(
    'let the text of every control be read, at rest, pointed at, focused and pressed: %s',
    async (colorScheme) => {
      // Colours that are on their way to others would be measured half-way.
      const opened = await stand.open({ scenario: crowded, page: { colorScheme, reducedMotion: 'reduce' } })
      const session = await watch(opened)
      await fill(opened)
      const faults: string[] = []
      for (const { title, arrange } of situations) {
        await arrange(opened)
        faults.push(...(await faultsOf(opened.page, session, title)))
      }
      expect(faults).toEqual([])
    },
  )

  test('are found wanting where they are', async () => {
    const opened = await stand.open({ page: { bypassCSP: true, reducedMotion: 'reduce' } })
    const session = await watch(opened)
    await opened.page.addStyleTag({ content: '.button.main:hover { background: var(--sunken) }' })
    const faults = await faultsOf(opened.page, session, 'users')
    expect(faults.filter((fault) => !fault.includes('"Share"'))).toEqual([])
    expect(faults).toContain('users, hover: <button button main> "Share" 1.1')
  })

  test('tell what is pressed, chosen and filled where the system forces its own', async () => {
    const opened = await stand.open({ scenario: crowded, page: { forcedColors: 'active', reducedMotion: 'reduce' } })
    const { page } = opened
    const alice = opened.user('alice')
    const marks: readonly (readonly [Locator, string, readonly (string | undefined)[]])[] = [
      [page.locator('nav a').first(), 'aria-current', ['page', undefined]],
      [alice.locator('.segments button').first(), 'aria-pressed', ['true', 'false']],
      [page.getByRole('switch').first(), 'aria-checked', ['true', 'false']],
      [alice.locator('.pip').first(), 'class', ['pip on', 'pip']],
    ]
    const same: string[] = []
    for (const [of, name, values] of marks)
      if (!(await differs(page, of, name, values))) same.push(`${name} of ${String(of)}`)
    expect(same).toEqual([])
  })
})
