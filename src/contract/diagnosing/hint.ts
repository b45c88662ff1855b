import { hostShell } from '../../hosts/host-shell.ts'
import type { Journey } from '../../core/journey.ts'
import { inWords, type Json } from '../../core/json.ts'
import { commandLine, pathWord } from '../../core/shell-syntax.ts'
import { chargesOf } from '../playing/blame.ts'
import { candidates, type Candidate } from './candidates.ts'
import { judgeOf } from '../telling/judge.ts'
import { unlike, type Recording } from './likeness.ts'
import type { PlayedCheck } from '../playing/play-all.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/**
 * Which other setting explains what failed, in words: another revision, dialect or limit. Undefined where no single
 * setting explains anything.
 */
export async function hintFor(
  loaded: LoadedTarget,
  played: readonly PlayedCheck[],
  journeys: readonly Journey[],
): Promise<string | undefined> {
  const recordings = recordingsOf(loaded, played, journeys)
  const { api, target, settings } = loaded
  const found = await countBroken(loaded, {}, recordings)
  let best: (Candidate & { readonly left: number }) | undefined
  // Values of one setting that explain as much: a run tells that three wrong PINs do not block, and not how many do.
  let others: Json[] = []
  for (const candidate of candidates(loaded, target.settings, recordings)) {
    const left = await countBroken(loaded, candidate.patch, recordings)
    if (left < (best?.left ?? found)) {
      best = { ...candidate, left }
      others = []
    } else if (left === best?.left && candidate.name === best.name) others.push(candidate.value)
  }
  // What explains a few of many is chance.
  if (best === undefined || best.left * 2 >= found) return undefined
  const { name, value, left } = best
  const orOthers = others.length === 0 ? '' : ` (or ${others.map(inWords).join(', ')})`
  const what =
    left === 0 ? 'That explains all that failed' : `That explains ${found - left} of ${found} answers that are wrong`
  return (
    `The target answers as ${api.title} does with ${name}: ${inWords(value)}${orOthers}, not ${inWords(settings[name] ?? null)}. ` +
    `${what}. Say so in the target's settings, or run \`${commandLine(hostShell, 'understudy', 'diagnose', pathWord(loaded.path))}\`.`
  )
}

/** How many answers would break a clause that binds if the target had other settings. */
async function countBroken(
  loaded: LoadedTarget,
  patch: Candidate['patch'],
  recordings: readonly Recording[],
): Promise<number> {
  const { target } = loaded
  const { kit, isBinding } = judgeOf(loaded, 0)
  let count = 0
  for (const recording of recordings) {
    const different = await unlike(loaded, { ...target.settings, ...patch }, recording)
    count += different.filter((exchange) => chargesOf(kit, exchange).some(({ clause }) => isBinding(clause))).length
  }
  return count
}

function recordingsOf(
  { settings }: LoadedTarget,
  played: readonly PlayedCheck[],
  journeys: readonly Journey[],
): Recording[] {
  return played.flatMap(({ check, result, at }) => {
    const journey = journeys.find(({ id }) => id === check.id)
    if (journey === undefined || result.outcome === 'not reached') return []
    return [{ journey, accounts: check.accounts, exchanges: result.exchanges, at, playedBy: settings }]
  })
}
