import { printable } from '../core/printable.ts'
import type { LintView } from '../world/views.ts'

type Found = Pick<LintView, 'id' | 'clause' | 'sentence' | 'mend'> & { readonly request?: string }

/** How many requests are named for one lint. */
const named = 5

/** What clients did against the rules of APIs, in lines for people: each rule once, with its requests. */
export function lintLines(found: readonly Found[]): string[] {
  if (found.length === 0) return ['The client kept to the rules of the APIs.']
  const kinds = new Map<string, Found[]>()
  for (const lint of found) {
    const kind = `${lint.id} ${lint.clause}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), lint])
  }
  return [
    'The client did what the contract of an API tells it not to do:',
    ...[...kinds.values()].flatMap((same) => {
      const [{ id, clause, sentence, mend }] = same as [Found, ...Found[]]
      const requests = same.flatMap(({ request }) => (request === undefined ? [] : [request]))
      const more = requests.length > named ? ` and ${requests.length - named} more` : ''
      const where = requests.length === 0 ? '' : ` (${requests.slice(0, named).join(', ')}${more})`
      return [`  ${id}, ${clause}: ${sentence}${where}`, `    ${mend}`]
    }),
  ].map(printable)
}
