import { createOracle } from '../playing/oracle.ts'
import { playJourney } from '../playing/play-journey.ts'
import { toAccount } from '../playing/assign-accounts.ts'
import { canArrange } from '../playing/readiness.ts'
import type { Exchange } from '../playing/exchange.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { Redactor } from '../telling/redact.ts'
import { UnderstudyError } from '../../core/errors.ts'
import type { Journey } from '../../core/journey.ts'
import type { Account } from '../../core/kit.ts'
import type { ExploreOptions } from './explore-options.ts'
import type { FoundDeviation } from './found.ts'
import { Explorer } from './explorer.ts'
import { Rounds, type JobsReport } from './rounds.ts'
import { fastCheck } from './shrink.ts'

/** What came of exploring a target. */
export interface Explored {
  readonly target: { readonly path: string; readonly api: string; readonly title: string; readonly baseUrl: string }
  readonly seed: number
  /** The last sequence up to which all were played. */
  readonly last: number
  readonly played: number
  readonly requests: number
  /** How much the mock was made to do, of requests after each other. */
  readonly met: number
  readonly found: readonly FoundDeviation[]
  /** Why sequences were left out, and how many for each reason. */
  readonly leftOut: readonly { readonly because: string; readonly count: number }[]
  readonly brokenOff?: string
  /** How often the server answered that these are too many requests (429). */
  readonly limited: number
  readonly jobs: JobsReport
  readonly ms: number
}

/**
 * Plays sequences that nobody wrote on a real server, beside the mock, and shrinks what differs. Nobody is locked who may not
 * be. Throws ERR_UNSAFE where nothing may be sent, ERR_USAGE without accounts or fast-check, and ERR_TARGET_UNREACHABLE.
 */
export async function explore(loaded: LoadedTarget, options: ExploreOptions): Promise<Explored> {
  const { api, target, settings } = loaded
  if (Object.keys(target.accounts).length === 0)
    throw new UnderstudyError(
      'ERR_USAGE',
      `${loaded.path} has no accounts, and exploring is done by somebody: name some.`,
    )
  await fastCheck()
  const began = Date.now()
  const explorer = new Explorer({
    api,
    settings,
    roles: Object.keys(target.accounts),
    seed: options.seed,
    rehearse: (journey) => rehearse(loaded, journey, began),
    isHarmless: (exchanges) => options.budget.isHarmless(exchanges),
    longestWait: target.clock.url === undefined ? (options.allowWait ? (options.maxWait ?? 0) : 0) : Infinity,
    arranges: canArrange(loaded),
  })
  const redactor = new Redactor(loaded)
  const rounds = new Rounds(loaded, options, explorer, redactor)
  await rounds.playAll()
  const { visit, leftOut, played, brokenOff } = rounds
  refuseUnsafe(played, leftOut, visit.hasOnlyBeenUnsafe)
  return {
    target: { path: loaded.path, api: api.id, title: api.title, baseUrl: redactor.text(target.baseUrl) },
    seed: options.seed,
    last: rounds.last,
    played,
    requests: visit.requests,
    met: explorer.novelty.size,
    found: rounds.look.found,
    leftOut: [...leftOut].map(([because, count]) => ({ because, count })),
    ...(brokenOff === undefined ? {} : { brokenOff: redactor.text(brokenOff) }),
    limited: visit.player.limited,
    jobs: rounds.jobs,
    ms: Date.now() - began,
  }
}

function refuseUnsafe(played: number, leftOut: ReadonlyMap<string, number>, isUnsafe: boolean): void {
  if (played > 0 || leftOut.size === 0 || !isUnsafe) return
  throw new UnderstudyError('ERR_UNSAFE', [
    'Nothing was sent: every sequence could lock an account.',
    ...[...leftOut.keys()].map((because) => `  ${because}`),
    'Name an account that may be locked (role disposable, mayBeLocked: true).',
  ])
}

async function rehearse(
  { api, target, settings }: LoadedTarget,
  journey: Journey,
  at: number,
): Promise<readonly Exchange[]> {
  const accounts = new Map<string, Account>()
  for (const [actor, role] of Object.entries(journey.cast)) {
    const account = target.accounts[role]
    if (account !== undefined) accounts.set(actor, toAccount(role, account))
  }
  const { player, meaning } = await createOracle(api, target.settings, [...accounts.values()], at)
  return (await playJourney(journey, { oracle: player, meaning, accounts, kit: api.kit, settings })).exchanges
}
