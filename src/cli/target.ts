import { dirname, join, relative, resolve } from 'node:path'
import { Budget } from '../contract/playing/budget.ts'
import { AttemptLedger } from '../contract/playing/ledger.ts'
import { ownJourneys } from '../contract/journeys/own-journeys.ts'
import { loadTarget } from '../contract/load-target.ts'
import type { Repertoire } from '../contract/planning/plan.ts'
import { racesOf } from '../contract/planning/rounds.ts'
import { Redactor } from '../contract/telling/redact.ts'
import type { LoadedTarget } from '../contract/target/loaded-target.ts'
import type { AnyApi } from '../core/api.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { apisNamed, interactionsWith, type NamedApis } from './apis.ts'
import type { Shell } from './command.ts'
import type { Io } from './io.ts'

/** A target as commands work on it. */
export interface OpenTarget {
  readonly loaded: LoadedTarget
  /** The APIs there are: those of this package, and those of one's own that were named. */
  readonly apis: readonly AnyApi[]
  /** It remembers from run to run, in the directory or where the ledger is. */
  readonly budget: Budget
}

/** A target, and what Ctrl-C aborts. */
export interface InterruptibleTarget extends OpenTarget {
  readonly signal: AbortSignal
}

/** What commands that check servers are told beside their targets. */
export interface TargetFlags {
  readonly api?: readonly string[]
  readonly ledger?: string
}

/** Loads a target for a command. Throws ERR_TARGET_INVALID with places, and what is wrong with an API of one's own. */
export async function openTarget({ io }: Shell, path: string, { api, ledger }: TargetFlags): Promise<OpenTarget> {
  const { all: apis } = await apisNamed(io, api)
  const loaded = await loadTarget(path, io.cwd, io.env, apis)
  const file = ledger === undefined ? join(io.cwd, '.understudy', 'attempts.jsonl') : resolve(io.cwd, ledger)
  return { loaded, apis, budget: new Budget(loaded, new AttemptLedger(file), io.now) }
}

/** The target of a file, of an API that is meant; nobody is asked. Throws as {@link openTarget} does, and ERR_USAGE for one of another. */
export async function readTarget(io: Io, path: string, { all, meant }: NamedApis): Promise<LoadedTarget> {
  const loaded = await loadTarget(path, io.cwd, io.env, all)
  const ids = meant.map(({ id }) => id)
  if (ids.includes(loaded.api.id)) return loaded
  throw new UnderstudyError(
    'ERR_USAGE',
    `--api says ${ids.join(', ')}, and ${path} is a target of ${loaded.api.id}; leave one out.`,
  )
}

/** Works on a target until Ctrl-C asks for an end. */
export async function withTarget(
  shell: Shell,
  path: string,
  flags: TargetFlags,
  run: (target: InterruptibleTarget) => Promise<void>,
): Promise<void> {
  const target = await openTarget(shell, path, flags)
  await withTargets(shell, [target], (signal) => run({ ...target, signal }))
}

/** The same of several. Errors tell no secrets of any of them. */
export async function withTargets(
  { io }: Shell,
  targets: readonly OpenTarget[],
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const interrupt = new AbortController()
  const unsubscribe = io.onSignal(() => interrupt.abort())
  try {
    await run(interrupt.signal)
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    const redactors = targets.map(({ loaded }) => new Redactor(loaded))
    const lines = error.lines.map((line) => redactors.reduce((text, redactor) => redactor.text(text), line))
    throw new UnderstudyError(error.code, lines, error.issues)
  } finally {
    unsubscribe()
  }
}

/**
 * What can be checked on a target: the interactions of the reference client, the journeys, and journeys of one's own: those
 * that the target names, and those of the folders, files and globs that are given; races as often as is said. Throws ERR_USAGE
 * where there is nothing.
 */
export async function repertoireFor(
  { io }: Shell,
  { loaded: { api, settings, target, path }, apis }: Pick<OpenTarget, 'loaded' | 'apis'>,
  given: readonly string[] = [],
  rounds: number = 0,
): Promise<Repertoire> {
  const beside = dirname(resolve(io.cwd, path))
  // Files are told as they are found from here.
  const named = target.journeys.map((source) => relative(io.cwd, resolve(beside, source)) || '.')
  const own = await ownJourneys(
    [...named, ...given].map((source) => ({ source, cwd: io.cwd })),
    { api, settings, apis: apis.map(({ id }) => id) },
  )
  const repertoire = {
    interactions: await interactionsWith(api),
    journeys: [...api.kit.journeys, ...own],
    races: racesOf(api.kit, rounds),
  }
  if (repertoire.interactions.length + repertoire.journeys.length > 0) return repertoire
  throw nothingToPlay(api, path)
}

/** A run that plays nothing shows nothing. */
function nothingToPlay({ title }: AnyApi, path: string): UnderstudyError {
  return new UnderstudyError(
    'ERR_USAGE',
    `There is nothing to play for ${title}: it has no journeys but those that you write. Name some with --journeys, or as journeys: in ${path}; \`understudy init journey\` writes one.`,
  )
}

/** The checks whose id fits. Where none does it throws ERR_USAGE: `refusal` tells why, given the nearest id to a text. */
export function pick(
  { interactions, journeys, races = [] }: Repertoire,
  fits: (id: string) => boolean,
  text: string,
  refusal: (meant: string) => string,
): Repertoire {
  const isWanted = ({ id }: { readonly id: string }): boolean => fits(id)
  const all = [...journeys, ...races]
  const some = { interactions: interactions.filter(isWanted), journeys: all.filter(isWanted) }
  if (some.interactions.length + some.journeys.length > 0) return some
  const ids = [...interactions, ...all].map(({ id }) => id)
  throw new UnderstudyError('ERR_USAGE', refusal(didYouMean(nearestWord(text, ids))))
}
