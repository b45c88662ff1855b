import { definePanel } from './adapters/panel/panel.ts'

definePanel()

export { enable } from './adapters/panel/panel.ts'
