import type { Stage } from './stage.ts'

/** A sentence that says where each API answers. */
export function whereabouts(stage: Stage): string {
  const places = stage.playing.map((api) => {
    const path = api.operations[0]?.paths[0] ?? ''
    return `${api.title} at ${api.mount(stage.settings(api))}${path}`
  })
  return `Here are ${places.join(', ')}.`
}
