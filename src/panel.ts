import { definePanel } from './adapters/panel.ts'

definePanel()

export { enable } from './adapters/panel.ts'
