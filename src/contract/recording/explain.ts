import { seekExplanation } from './alternative.ts'
import type { Explanation } from './guess.ts'
import type { Search } from './search.ts'

/** What explains a recording best, from what is thought at first; the usual where that explains as much. */
export async function explain(search: Search, first: Explanation): Promise<Explanation> {
  let found = await search.climb(first)
  // Where no step makes it better, the first answer that is unlike may yet be explained, and then the next.
  for (const from of [found, first]) {
    if ((await search.score(found)) === 0) break
    found = (await seekExplanation(search, from)) ?? found
  }
  return search.simplify(first, found)
}
