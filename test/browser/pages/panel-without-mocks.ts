import { createWorld } from '../../../src/index.browser.ts'
import { enable } from '../../../src/panel.ts'

// An app that imports the panel, has one in its markup, and leaves mocking off until a test turns it on.
const element = document.createElement('understudy-panel')
document.body.append(element)

declare global {
  interface Window {
    turnOn?: () => Promise<void>
  }
}

window.turnOn = async () => enable(await createWorld())
