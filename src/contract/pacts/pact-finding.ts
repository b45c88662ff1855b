import { hostShell } from '../../hosts/host-shell.ts'
import { commandLine, pathWord } from '../../core/shell-syntax.ts'
import type { JsonObject } from '../../core/json.ts'
import type { SendStep } from '../../core/journey.ts'
import { headerPairs, headerValue } from '../../core/http.ts'
import { curlLine } from '../telling/curl.ts'
import type { Difference } from '../comparing/difference.ts'
import type { CheckResult, Exchange, Meaning } from '../playing/exchange.ts'
import { toFinding } from '../telling/find.ts'
import { isFatal, type CheckFinding, type Failure } from '../telling/findings.ts'
import type { Judge } from '../telling/judge.ts'
import type { Call } from '../playing/player.ts'
import type { MockRun } from './mock-run.ts'
import { statusOf, type PactCheck } from './pact-check.ts'
import type { Obstacle } from './stage.ts'
import type { TargetRun } from './target-run.ts'

/** What was found out about an interaction. */
export interface PlayedPact {
  readonly check: PactCheck
  readonly mock: MockRun | undefined
  /** Undefined where it was not played on the target. */
  readonly target: TargetRun | undefined
  /** Why not, or why no further. */
  readonly obstacle: Obstacle | undefined
  readonly ms: number
}

/** Tells how an interaction is played again, given the target's path. */
export type AgainLine = (check: PactCheck) => string

/** The line that plays an interaction again. */
export function againWith(path: string): AgainLine {
  return ({ id, document }) =>
    commandLine(
      hostShell,
      'understudy',
      'pact',
      'verify',
      pathWord(document.where),
      '--target',
      pathWord(path),
      '--only',
      id,
    )
}

/** An interaction as a finding. What a consumer wants binds the target, whoever says it. */
export function pactFinding(judge: Judge, played: PlayedPact, again: AgainLine): CheckFinding {
  const { check, mock, target, obstacle, ms } = played
  const { id, entry, clauses } = check
  const head = { id, title: entry.description, kind: 'interaction', clauses } as const
  const binding: Judge = { ...judge, isBinding: () => true }
  const outside = mock === undefined ? [] : outsideOf(judge, check, mock, target)
  const found = toFinding(binding, head, resultOf(played), ms)
  // Where contract and consumer disagree, a server that does as the contract says is right; unless somebody has accepted that.
  const isTold = outside.some((failure) => failure.outcome === 'outside')
  const own = isTold ? [] : found.failures.filter((failure) => outside.length === 0 || failure.outcome !== 'accepted')
  const failures = [...outside, ...own].map((failure): Failure => {
    const kept = { ...failure, again: again(check) }
    return check.isPending && kept.outcome !== 'accepted'
      ? { ...kept, outcome: 'accepted', reason: 'the interaction is pending: the provider has yet to keep it' }
      : kept
  })
  const outcome = outcomeOf(failures, obstacle)
  return {
    ...found,
    outcome,
    ...(obstacle === undefined ? {} : { because: obstacle.because }),
    ...(obstacle?.kind === 'unavailable' ? { unavailable: true as const } : {}),
    kept: target?.verdict.isKept === true && outside.length === 0 ? found.kept : {},
    failures,
  }
}

function outcomeOf(failures: readonly Failure[], obstacle: Obstacle | undefined): CheckFinding['outcome'] {
  if (failures.some(isFatal)) return 'failed'
  if (obstacle !== undefined) return 'not reached'
  return failures.length === 0 ? 'passed' : 'accepted'
}

function resultOf({ mock, target, check, obstacle }: PlayedPact): CheckResult {
  if (target === undefined || obstacle !== undefined) return { outcome: 'not reached', exchanges: [] }
  const { verdict, values } = target
  const last = target.asked.length - 1
  const [asked, rehearsed] = [target.asked[last], mock?.asked[last]]
  const call = asked?.call ?? rehearsed?.call ?? nothing(check)
  const differences = verdict.isKept ? [] : differencesOf(verdict)
  const exchange: Exchange = {
    step: 0,
    call,
    sent: named(call, values),
    meaning: rehearsed?.meaning ?? consumers,
    expected: rehearsed?.answered ?? { status: statusOf(check.entry), headers: [], body: '', at: 0 },
    received: asked?.answered,
    differences,
  }
  return { outcome: verdict.isKept ? 'passed' : 'failed', exchanges: [exchange] }
}

/** The states were in nobody's words but the consumer's, so no clause is known. */
const consumers: Meaning = {
  clause: 'pact',
  because: 'the consumer expects it',
  operation: undefined,
  user: undefined,
}

/** What the consumer wants and the contract does not give, as the mock plays it. */
function outsideOf(judge: Judge, check: PactCheck, mock: MockRun, target: TargetRun | undefined): Failure[] {
  const { verdict, asked, obstacle } = mock
  if (verdict.isKept || obstacle !== undefined) return []
  const last = asked.at(-1)
  const { clause, because } = last?.meaning ?? consumers
  const differences = differencesOf(verdict)
  const call = last?.call ?? nothing(check)
  const sent = named(call, target?.values ?? {})
  const reason = judge.accepted.reasonFor(check.id, clause, differences)
  const isKnown = target !== undefined && target.obstacle === undefined
  const keeps = isKnown ? `; the server ${target.verdict.isKept ? 'keeps it' : 'does not keep it either'}` : ''
  const advice = hasOwnSession(call, mock.values) ? `; ${sessionAdvice}` : ''
  return [
    {
      id: check.id,
      title: check.entry.description,
      step: 1,
      clause,
      outcome: reason === undefined ? 'outside' : 'accepted',
      ...(reason === undefined ? {} : { reason }),
      because: `the contract answers so, as ${because}${keeps}${advice}`,
      request: `${sent.method} ${sent.path}`,
      curl: curlLine(judge.address, { sent, call }),
      differences,
    },
  ]
}

const sessionAdvice =
  'its request has a cookie of its own instead of the session that its states give: name that in a generator, or fix it by a param of the state'

/** Whether a request sends a cookie that none of its states has given, although they have given something. */
function hasOwnSession({ headers }: Call, values: JsonObject): boolean {
  const cookie = headerValue(headers, 'cookie')
  const given = Object.values(values).filter((value) => typeof value === 'string' && value.length > 12)
  return cookie !== undefined && given.length > 0 && !given.some((value) => cookie.includes(String(value)))
}

function differencesOf({ differences, trouble }: TargetRun['verdict']): readonly Difference[] {
  if (differences.length > 0) return differences
  const received = trouble ?? 'no reason was given'
  return [{ where: 'answer', how: 'missing', expected: 'an answer that can be compared', received }]
}

function nothing({ entry }: PactCheck): Call {
  const { method = 'GET', path = '/' } = entry.request ?? {}
  return { method, path, headers: [], body: undefined }
}

/** A request with names in the places of what its states gave: that may be secret, and is another the next time. */
function named({ method, path, headers, body }: Call, values: JsonObject): SendStep {
  const texts = Object.entries(values).filter(([, value]) => typeof value === 'string' && value.length > 2)
  const hide = (text: string): string =>
    texts.reduce((left, [name, value]) => left.replaceAll(String(value), `{${name}}`), text)
  return {
    do: 'send',
    method,
    path: hide(path),
    headers: Object.fromEntries(headerPairs(headers).map(([name, value]) => [name, hide(value)])),
    ...(body === undefined ? {} : { body: hide(body) }),
  }
}
