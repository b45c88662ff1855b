import type { Issue } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'

/** Members that nobody knows, with the one that was probably meant. */
export function* unknownMembers(given: object, known: readonly string[], path: Issue['path']): Iterable<Issue> {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue
    const nearest = nearestWord(name, known)
    const message = `"${name}" is not known here; known are ${known.join(', ')}.`
    yield { path: [...path, name], message, onKey: true, ...(nearest === undefined ? {} : { nearest }) }
  }
}
