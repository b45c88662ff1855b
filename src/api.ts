export { defineApi } from './define/define-api.ts'
export { choice, duration, flag, integer, list, map, number, object, text } from './define/fields.ts'
export { bare, inJson, withFurtherHeaders } from './core/saying.ts'
export type { Attempt } from './define/step-scene.ts'
