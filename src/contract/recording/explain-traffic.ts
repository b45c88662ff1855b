import { seekAlternative, seekExplanation } from './alternative.ts'
import type { Explanation, PersonGuess } from './guess.ts'
import type { Search } from './search.ts'

/** What explains a recording best, from what is thought at first; the usual where that explains as much. */
export async function explainTraffic(search: Search, thought: Explanation): Promise<Explanation> {
  const first = await sayable(search, thought)
  let found = await search.climb(first)
  // Where no step makes it better, the first answer that is unlike may yet be explained, and then the next.
  for (const from of [found, first]) {
    if ((await search.score(found)) === 0) break
    found = (await seekExplanation(search, from)) ?? found
  }
  return search.simplify(first, await withoutApps(search, found))
}

/** What was taken is not always right: whoever needs no code may send what no scenario can say. Then it is another one. */
async function sayable(search: Search, { settings, people }: Explanation): Promise<Explanation> {
  const said: [string, PersonGuess][] = []
  for (const [who, about] of Object.entries(people)) {
    const { code: _, ...unknown } = about
    const taken = search.codesTaken(who).map((code) => ({ ...about, code }))
    let found = about
    for (const each of [...taken, unknown])
      if ((await search.unlike({ settings, people: { [who]: each } }, Infinity, 0)) !== undefined) {
        found = each
        break
      }
    said.push([who, found])
  }
  return { settings, people: Object.fromEntries(said) }
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
