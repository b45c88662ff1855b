import { definePanel } from './panel/panel.ts'

definePanel()

export { enable } from './panel/panel.ts'
