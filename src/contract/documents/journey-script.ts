import type { Journey, JourneyStep, OpenStep, SendStep } from '../../core/journey.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Exchange } from '../playing/exchange.ts'
import { createOracle } from '../playing/oracle.ts'
import { playJourney } from '../playing/play-journey.ts'
import { trialCast } from '../playing/trial-cast.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import { givenIn, nameOfNothing } from './given-names.ts'
import type { JourneyScript, ScriptedState, ScriptLine } from './script.ts'
import { ScriptNames } from './script-names.ts'

/** Instants that have nothing in common but that a clock may show them. */
const [one, other] = [Date.UTC(2026, 0, 15, 9), Date.UTC(2031, 5, 3, 17, 41, 7)]

/** Writes a journey out by playing it on two mocks. Gives back why not, in words, where that cannot be done. */
export async function scriptOf(api: CheckedApi, journey: Journey): Promise<JourneyScript | string> {
  const sends = journey.steps.filter((step): step is SendStep => step.do === 'send')
  if (sends.some(({ atOnce }) => atOnce === true)) return 'it sends requests at once'
  if (sends.some(({ from }) => from !== undefined)) return 'it sends from another address'
  if (journey.takesDays === true) return 'it takes days'
  const given = { ...api.kit.trial.settings, ...journey.needs }
  const settings = readSettings(api, given)
  const accounts = trialCast(api.kit, journey)
  const play = async (at: number, salt: string): ReturnType<typeof playJourney> => {
    const { player, meaning } = await createOracle(api, given, [...accounts.values()], at, salt)
    return playJourney(journey, { oracle: player, meaning, accounts, kit: api.kit, settings })
  }
  const [played, again] = [await play(one, 'one'), await play(other, 'other')]
  if (played.outcome === 'not reached') return played.because ?? 'it is not reached'
  const missed = played.exchanges.find(({ unmet = [] }) => unmet.length > 0)
  if (missed !== undefined)
    return `the mock itself does not answer what its step ${missed.sent.number ?? missed.step + 1} expects`
  const names = new ScriptNames(api, settings, journey, accounts)
  const login = new Map<string, Answered>()
  for (const [actor, account] of accounts) {
    const call = names.loginCall(actor)
    if (call === undefined) continue
    const { player } = await createOracle(api, given, [account], one)
    login.set(actor, await player.send(call))
  }
  const owners = new Map<string, string>()
  const waits = [...(played.waits ?? [])]
  const lines = journey.steps.flatMap((step, index): ScriptLine[] =>
    linesOf(step, {
      owners,
      login,
      names,
      waitMs: () => waits.shift() ?? 0,
      pairs: played.exchanges.flatMap((exchange, place): [Exchange, Exchange][] => {
        const twin = again.exchanges[place]
        return exchange.step === index && twin !== undefined ? [[exchange, twin]] : []
      }),
      first: Object.keys(journey.cast)[0],
    }),
  )
  const nothing = nameOfNothing(lines, names)
  if (nothing !== undefined) return `it sends {${nothing}}, which no answer before has`
  const givenByStates = givenIn(lines, names)
  return { journey, api, given, mount: api.mount(settings), setup: setupOf(api, journey), lines, givenByStates, names }
}

interface Writing {
  readonly owners: Map<string, string>
  readonly login: ReadonlyMap<string, Answered>
  readonly names: ScriptNames
  readonly waitMs: () => number
  readonly pairs: readonly [Exchange, Exchange][]
  readonly first: string | undefined
}

function linesOf(step: JourneyStep, writing: Writing): ScriptLine[] {
  switch (step.do) {
    case 'race':
      // These documents are about what comes one after the other.
      return []
    case 'open':
      return openLines(step, writing)
    case 'wait':
      return [{ do: 'wait', ms: writing.waitMs() }]
    case 'arrange':
      return [{ do: 'arrange', actor: writing.first, state: step.state, params: step.params ?? {} }]
    case 'send':
      return writing.pairs.map(([{ call, sent, meaning, expected }, twin]) => {
        const headers = pairsOf(call.headers)
        const own = Object.keys(sent.headers ?? {}).map((name) => name.toLowerCase())
        return {
          do: 'send',
          step: sent,
          actor: sent.as ?? writing.owners.get(sent.in ?? '') ?? writing.first,
          session: sent.in,
          // What the step itself sends comes first.
          cookies: headers
            .filter(([name]) => name.toLowerCase() === 'cookie')
            .slice(own.includes('cookie') ? 1 : 0)
            .flatMap(([, line]) => line.split(/; */).map((pair) => pair.slice(0, pair.indexOf('=')))),
          credentials: headers
            .filter(([name]) => !own.includes(name.toLowerCase()) && name.toLowerCase() !== 'cookie')
            .flat(),
          answer: expected,
          again: twin.expected,
          clause: meaning.clause,
          because: meaning.because,
        }
      })
  }
}

/** The request that passes the first factor, of an API that has one. */
function openLines({ session, as }: OpenStep, { owners, login, names }: Writing): ScriptLine[] {
  owners.set(session, as)
  const [step, answer] = [names.loginStep(), login.get(as)]
  if (step === undefined || answer === undefined) return []
  const { title } = names.api
  const because = `the first factor, before ${title} is asked`
  return [
    {
      do: 'send',
      step,
      actor: as,
      session,
      cookies: [],
      credentials: [],
      answer,
      again: { ...answer, body: '' },
      clause: 'login',
      because,
    },
  ]
}

function setupOf({ kit }: CheckedApi, { cast }: Journey): ScriptedState[] {
  return Object.entries(cast).flatMap(([actor, role]) => {
    const { state, also = [] } = kit.roles[role] ?? { state: { name: '', params: {} } }
    return [state, ...also].map(({ name, params }) => ({ actor, state: name, params }))
  })
}

function pairsOf(headers: readonly string[]): [name: string, value: string][] {
  return headers.flatMap((name, place) => (place % 2 === 0 ? [[name, headers[place + 1] ?? '']] : []))
}
