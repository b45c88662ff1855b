import { sameJson, inWords, type Json } from '../../core/json.ts'
import type { Budget } from '../playing/budget.ts'
import { recordedAnswers } from './candidates.ts'
import { HttpPlayer, type HttpPlayerOptions } from '../playing/http-player.ts'
import type { PlannedCheck } from '../playing/planned-check.ts'
import { playAll, type Run } from '../playing/play-all.ts'
import { readSettings } from '../target/settings.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** A target as its server's first answers tell it is. */
export interface Recognised {
  readonly loaded: LoadedTarget
  /** What was found that is not the default, in words. */
  readonly told: readonly string[]
  /** What was played on the target as it is, so that it need not be played again. */
  readonly run: Run
}

const nothing: Run = { played: [] }

/**
 * Asks a server first what a target leaves out and answers tell: the revision, the dialect. Of what is planned the
 * journeys are played that tell it and harm nobody, behind the gate, and only settings that the target does not name are
 * taken from them.
 */
export async function recogniseServer(
  loaded: LoadedTarget,
  planned: readonly PlannedCheck[],
  options: HttpPlayerOptions & { readonly budget: Budget },
): Promise<Recognised> {
  const { api, target } = loaded
  const { kit } = api
  const { telling = [] } = kit
  if (kit.recognise === undefined || telling.length === 0) return { loaded, told: [], run: nothing }
  const { budget } = options
  const tells = new Set(telling.map(({ id }) => id))
  const due = planned.filter(
    ({ id, leftOut, unsafe }) =>
      (tells.has(id) || id === kit.gate?.journey) && leftOut === undefined && unsafe === undefined,
  )
  if (!due.some(({ id }) => tells.has(id))) return { loaded, told: [], run: nothing }
  const player = new HttpPlayer(loaded, options)
  const run = await playAll(due, player, budget, {
    kit,
    settings: loaded.settings,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }).finally(() => player.close())
  const found = kit.recognise(recordedAnswers(run.played.map(({ result }) => result)))
  const inForce = readSettings(api, target.settings)
  const news = Object.entries(found).filter(
    ([name, value]) => !Object.hasOwn(target.settings, name) && !sameJson(value, inForce[name] ?? null),
  )
  if (news.length === 0) return { loaded, told: [], run }
  const settings = { ...target.settings, ...Object.fromEntries(news) }
  return {
    loaded: { ...loaded, target: { ...target, settings }, settings: readSettings(api, settings) },
    run: nothing,
    told: news.map(([name, value]) => `${name}: ${inWords(value as Json)}`),
  }
}
