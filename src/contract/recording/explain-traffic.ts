import { seekAlternative, seekExplanation } from './alternative.ts'
import type { Explanation } from './guess.ts'
import type { Search } from './search.ts'

/** What explains a recording best, from what is thought at first; the usual where that explains as much. */
export async function explainTraffic(search: Search, first: Explanation): Promise<Explanation> {
  let found = await search.climb(first)
  // Where no step makes it better, the first answer that is unlike may yet be explained, and then the next.
  for (const from of [found, first]) {
    if ((await search.score(found)) === 0) break
    found = (await seekExplanation(search, from)) ?? found
  }
  return search.simplify(first, await withoutApps(search, found))
}

/** Nobody has an app that shows other codes where something else explains as much: the codes that were sent would not be right there. */
async function withoutApps(search: Search, found: Explanation): Promise<Explanation> {
  const enough = await search.score(found)
  let guess = found
  for (const [who, { hasApp }] of Object.entries(found.people)) {
    if (hasApp !== true) continue
    const held = { who, name: 'hasApp', value: false, patch: { hasApp: undefined } }
    const sought = await seekAlternative(search, guess, { near: [held] }, enough, { taken: 6, back: 0 })
    if (typeof sought === 'object') ({ guess } = sought)
  }
  return guess
}
