import { hostShell } from '../adapters/host-shell.ts'
import { isGuess } from '../core/clause.ts'
import { spell } from '../core/json.ts'
import { commandLine, pathWord } from '../core/shell-syntax.ts'
import { blame } from './blame.ts'
import { alternatives, type Candidate } from './candidates.ts'
import { unlike, type Recording } from './likeness.ts'
import type { Played } from './play-all.ts'
import type { LoadedTarget } from './target.ts'

/**
 * Which other setting explains what failed, in words: another revision or dialect, mostly. Undefined where no single
 * setting explains anything.
 */
export async function hintFor(loaded: LoadedTarget, played: readonly Played[]): Promise<string | undefined> {
  const recordings = recordingsOf(loaded, played)
  const { api, target, settings } = loaded
  const found = await countBroken(loaded, {}, recordings)
  let best: (Candidate & { readonly left: number }) | undefined
  for (const candidate of alternatives(loaded, target.settings)) {
    const left = await countBroken(loaded, candidate.patch, recordings)
    if (left < (best?.left ?? found)) best = { ...candidate, left }
  }
  if (best === undefined) return undefined
  const { name, value, left } = best
  const what =
    left === 0 ? 'That explains all that failed' : `That explains ${found - left} of ${found} answers that are wrong`
  return (
    `The target answers as ${api.title} does with ${name}: ${spell(value)}, not ${spell(settings[name] ?? null)}. ` +
    `${what}. Say so in the target's settings, or run \`${commandLine(hostShell, 'understudy', 'diagnose', pathWord(loaded.path))}\`.`
  )
}

/** How many answers would break a clause if the target had other settings; guesses are no clauses. */
async function countBroken(
  loaded: LoadedTarget,
  patch: Candidate['patch'],
  recordings: readonly Recording[],
): Promise<number> {
  const { api, target } = loaded
  let count = 0
  for (const recording of recordings) {
    const different = await unlike(loaded, { ...target.settings, ...patch }, recording)
    count += different.filter((exchange) => !isGuess(blame(api.kit, exchange))).length
  }
  return count
}

function recordingsOf({ api, settings }: LoadedTarget, played: readonly Played[]): Recording[] {
  return played.flatMap(({ check, result, at }) => {
    const journey = api.kit.journeys.find(({ id }) => id === check.id)
    if (journey === undefined || result.outcome === 'not reached') return []
    return [{ journey, accounts: check.accounts, exchanges: result.exchanges, at, playedBy: settings }]
  })
}
