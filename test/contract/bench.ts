import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import * as registry from '../../src/apis/registry.ts'
import { Budget } from '../../src/contract/playing/budget.ts'
import { diagnose, type Diagnosis } from '../../src/contract/diagnosing/diagnose.ts'
import type { CheckFinding, Findings } from '../../src/contract/telling/findings.ts'
import { ownJourneys } from '../../src/contract/journeys/own-journeys.ts'
import { racesOf } from '../../src/contract/planning/rounds.ts'
import { AttemptLedger } from '../../src/contract/playing/ledger.ts'
import { loadTarget } from '../../src/contract/load-target.ts'
import { ownInteractions } from '../../src/contract/comparing/own-pact.ts'
import type { Repertoire } from '../../src/contract/planning/plan.ts'
import { plan } from '../../src/contract/planning/plan.ts'
import type { PlannedCheck } from '../../src/contract/playing/planned-check.ts'
import type { LoadedTarget } from '../../src/contract/target/loaded-target.ts'
import { verify } from '../../src/contract/verify.ts'

/** What a test wants of a run. */
export interface Wish {
  /** Only checks whose id fits. */
  readonly only?: RegExp
  /** Leaves out the interactions of the reference client's pact. */
  readonly journeysOnly?: boolean
  /** Journeys of one's own instead of all others, by the names of their files. */
  readonly own?: { readonly [name: string]: string }
  /** Races instead of all others, in so many rounds. */
  readonly races?: number
  readonly allowWait?: boolean
  readonly leaveOutUnsafe?: boolean
  readonly signal?: AbortSignal
  readonly sleep?: (ms: number) => Promise<void>
  readonly maxWait?: number
  readonly onWait?: (what: string) => void
  readonly onStart?: (check: { readonly id: string }) => void
  readonly onDone?: (finding: CheckFinding) => void
}

/** A target file in a directory of its own, in which runs remember what accounts have seen. */
export interface Bench {
  readonly directory: string
  readonly loaded: LoadedTarget
  verify(wish?: Wish): Promise<Findings>
  plan(wish?: Wish): Promise<PlannedCheck[]>
  diagnose(wish?: Pick<Wish, 'allowWait'>): Promise<Diagnosis>
  /** A budget as the next run would have it. */
  budget(now?: () => number): Budget
}

/** A directory that is gone after the test. */
export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'understudy-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Writes a target file, and loads it; into a directory that remembers, if one is given. */
export async function openBench(
  target: object,
  { directory = newDirectory(), env = {} }: { directory?: string; env?: { readonly [name: string]: string } } = {},
): Promise<Bench> {
  writeFileSync(join(directory, 'target.yaml'), stringify(target))
  const loaded = await loadTarget('target.yaml', directory, env, Object.values(registry))
  const budget = (now: () => number = Date.now): Budget =>
    new Budget(loaded, new AttemptLedger(join(directory, '.understudy', 'attempts.jsonl')), now)
  return {
    directory,
    loaded,
    budget,
    verify: async ({ allowWait = false, leaveOutUnsafe = false, ...wish } = {}) => {
      const repertoire = await repertoireOf(loaded, wish, directory)
      const { only: _, own: _own, ...rest } = wish
      return verify(loaded, { ...rest, allowWait, leaveOutUnsafe, repertoire, budget: budget() })
    },
    plan: async ({ allowWait = false, maxWait = Infinity, ...wish } = {}) =>
      plan(loaded, await repertoireOf(loaded, wish, directory), budget(), { allowWait, maxWait }),
    diagnose: ({ allowWait = false } = {}) => diagnose(loaded, { allowWait, budget: budget() }),
  }
}

async function repertoireOf(
  { api, settings }: LoadedTarget,
  { only = /./, journeysOnly = false, own, races: rounds }: Wish,
  directory: string,
): Promise<Repertoire> {
  if (own !== undefined) {
    mkdirSync(join(directory, 'journeys'), { recursive: true })
    for (const [name, text] of Object.entries(own)) writeFileSync(join(directory, 'journeys', `${name}.yaml`), text)
    const apis = Object.values(registry).map(({ id }) => id)
    return {
      interactions: [],
      journeys: await ownJourneys([{ source: 'journeys', cwd: directory }], { api, settings, apis }),
    }
  }
  if (rounds !== undefined)
    return { interactions: [], journeys: [], races: racesOf(api.kit, rounds).filter(({ id }) => only.test(id)) }
  const interactions = journeysOnly ? [] : await ownInteractions(api.id)
  return {
    interactions: interactions.filter(({ id }) => only.test(id)),
    journeys: api.kit.journeys.filter(({ id }) => only.test(id)),
  }
}

/** The checks that did not pass, in a line each. */
export function notPassed({ checks }: Findings): string[] {
  return checks
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ id, outcome, because, failures }) => `${id}: ${outcome}, ${because ?? failures[0]?.clause}`)
}
