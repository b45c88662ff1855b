import { keptOf } from './kept.ts'
import type { ScriptLine } from './script.ts'
import type { ScriptNames } from './script-names.ts'

/** Names that requests have and that neither accounts nor answers of the API say: what provider states give. */
export function givenIn(lines: readonly ScriptLine[], names: ScriptNames): string[] {
  const all = lines.filter((line) => line.do === 'send')
  const captured = new Set(all.flatMap(({ step }) => Object.keys(step.capture ?? {})))
  const unknown = all.flatMap(({ step, actor }) =>
    names.sentIn(step).filter((name) => names.of(name, actor).is === 'captured' && !captured.has(name)),
  )
  return [...new Set(unknown)]
}

/** A name that a request has although what was to be kept by it was not there. */
export function nameOfNothing(lines: readonly ScriptLine[], names: ScriptNames): string | undefined {
  const all = lines.filter((line) => line.do === 'send')
  const wanted = new Set(all.flatMap(({ step }) => Object.keys(step.capture ?? {})))
  for (const request of all) {
    const name = names.sentIn(request.step).find((each) => wanted.has(each))
    if (name !== undefined) return name
    for (const captured of keptOf(request)) wanted.delete(captured.name)
  }
  return undefined
}
