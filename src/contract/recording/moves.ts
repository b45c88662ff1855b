import { formatDuration } from '../../core/duration.ts'
import type { AnyField } from '../../core/field.ts'
import { sameJson, type Json, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer } from '../../core/kit.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import { rolesFor, type Explanation, type PersonGuess, type StandIns } from './guess.ts'
import { isMasked, type Met, type MetPerson, type SentSecret } from './met-person.ts'
import type { Replay } from './replay.ts'

/** Another value for one thing of a guess. */
export interface OtherValue {
  /** Whose it is, if not the server's. */
  readonly who?: string
  readonly name: string
  readonly value: Json
  /** What else is set with it, without which it means nothing. */
  readonly patch: JsonObject
}

/** The guess after a move. */
export function moved(guess: Explanation, { who, patch }: OtherValue): Explanation {
  if (who === undefined) return { ...guess, settings: { ...guess.settings, ...patch } }
  const about = { ...guess.people[who], ...patch } as PersonGuess
  return { ...guess, people: { ...guess.people, [who]: about } }
}

const durations: readonly number[] = [60, 300, 600, 900, 1800, 3600, 7200, 14_400, 18_000, 28_800, 43_200, 86_400]
const counts: readonly number[] = Array.from({ length: 12 }, (_, index) => index + 1)

/** Settings that are of no use to look at: where it is, which is known, and what stands for another setting. */
const apart = new Set(['contextPath', 'defaultUser'])

/** Whether a setting is one of those. */
export function isApart(name: string): boolean {
  return apart.has(name)
}

/** Each other value of a setting that is worth a try. */
export function settingMoves(
  api: CheckedApi,
  met: Met,
  standIns: StandIns,
  { settings }: Explanation,
  isCoarse = false,
): OtherValue[] {
  const inForce = readSettings(api, settings)
  const moves = movesOfSettings({ api, met, standIns }, settings, Object.keys(api.settings), (name, field) => ({
    values: isCoarse ? coarseValues(field, inForce[name]) : valuesOf(field, met),
    isSuggested: !isCoarse || !isNumber(field),
  }))
  const isOther = ({ patch }: OtherValue): boolean => {
    const read = readSettings(api, { ...settings, ...patch })
    return Object.keys(patch).some((name) => !sameJson(read[name], inForce[name]))
  }
  const known = new Set<string>()
  return moves.filter((move) => {
    const key = JSON.stringify(readSettings(api, { ...settings, ...move.patch }))
    const isNew = isOther(move) && !known.has(key)
    known.add(key)
    return isNew
  })
}

/** Values of a setting that are worth a try, and whether those that the kit suggests are as well. */
interface Offer {
  readonly values: readonly Json[]
  readonly isSuggested: boolean
}

/** Moves of these settings: to the words that were listed, or to what is offered and suggested. */
export function movesOfSettings(
  { api, met, standIns }: Pick<Replay, 'api' | 'met' | 'standIns'>,
  settings: JsonObject,
  names: Iterable<string>,
  offer: (name: string, field: AnyField) => Offer,
): OtherValue[] {
  const usernames = met.people.map(({ username }) => username)
  const suggested = api.kit.suggest?.(answersForKit(api, met, settings), { settings, usernames }) ?? {}
  return [...names].flatMap((name) => {
    const field = api.settings[name]
    if (field === undefined || isApart(name)) return []
    const words = [...(met.listed.get(name) ?? [])].map((word) => standIns.of(word))
    if (words.length > 0) return [[], words].map((value) => toMove(name, { [name]: value }))
    const { values, isSuggested } = offer(name, field)
    const also = isSuggested ? (suggested[name] ?? []) : []
    return [...values.map((value) => ({ [name]: value })), ...also].map((patch) => toMove(name, patch))
  })
}

/** Whether a setting is a count or a duration. */
export function isNumber({ kind }: AnyField): boolean {
  return kind === 'integer' || kind === 'duration'
}

/** Of numbers no more than what lies around the value, and far from it. */
function coarseValues(field: AnyField, inForce: Json | undefined): Json[] {
  const never = 'nullable' in field && field.nullable ? [null] : []
  const now = typeof inForce === 'number' ? inForce : 3
  if (field.kind === 'duration') return [...never, '1s', '5m', '2h', '1d']
  if (field.kind !== 'integer') return valuesOf(field, { people: [], exchanges: [], listed: new Map() })
  const { min = 0, max = 1000 } = field
  return [...never, ...new Set([now - 1, now + 1, now + 2, max].filter((count) => count >= min && count <= max))]
}

/** A setting with what is set beside it. */
function toMove(name: string, patch: JsonObject): OtherValue {
  return { name, value: patch[name] ?? null, patch }
}

function valuesOf(field: AnyField, met: Met): Json[] {
  const never = 'nullable' in field && field.nullable ? [null] : []
  switch (field.kind) {
    case 'choice':
      return [...field.choices]
    case 'boolean':
      return [true, false]
    case 'integer': {
      const { min = 0, max = 1000 } = field
      return [...never, ...new Set([min, ...counts].filter((count) => count >= min && count <= max))]
    }
    case 'duration':
      return [...never, ...[...durations.map((seconds) => seconds * 1000), ...gaps(met)].map(formatDuration)]
    default:
      return []
  }
}

/** Durations between the times that lie between requests, where another value can make a difference. */
function gaps({ exchanges }: Met): number[] {
  const times = exchanges.map(({ answer }) => answer.at)
  const between = new Set<number>()
  for (const [index, at] of times.slice(0, 400).entries())
    for (const later of times.slice(index + 1, index + 12)) if (later - at >= 2000) between.add(later - at)
  const sorted = [...between].sort((one, other) => one - other)
  const middles = sorted.flatMap((gap, index) => {
    const next = sorted[index + 1] ?? gap * 2
    return next - gap < 2000 ? [] : [Math.round((gap + next) / 2000) * 1000]
  })
  const step = Math.max(1, Math.ceil(middles.length / 16))
  return middles.filter((_, index) => index % step === 0)
}

/** Whatever somebody may be instead. */
export function personMoves(
  api: CheckedApi,
  met: Met,
  { settings, people }: Explanation,
  who?: readonly string[],
): OtherValue[] {
  return met.people.flatMap((person) => {
    const about = people[person.username]
    return about === undefined || who?.includes(person.username) === false ? [] : movesOf(api, person, about, settings)
  })
}

/** For so long a server may take what an app has shown, whatever its clock. */
const longestShown = 30 * 60_000

function movesOf(api: CheckedApi, person: MetPerson, about: PersonGuess, settings: JsonObject): OtherValue[] {
  const { kit } = api
  const who = person.username
  const move = (name: string, value: Json, patch: JsonObject = { [name]: value }): OtherValue => ({
    who,
    name,
    value,
    patch,
  })
  const other = (name: 'password' | 'code', secrets: MetPerson['codes']): OtherValue[] =>
    [...secrets.keys()]
      .filter((text) => text !== about[name] && !isMasked(text))
      .slice(0, 20)
      .map((text) => move(name, text))
  const roles = rolesFor(api, person)
    .filter((role) => role !== about.role)
    .map((role) => move('role', role))
  const none =
    about.password === undefined || taken(person.passwords).length > 0
      ? []
      : [move('password', null, { password: undefined })]
  const needed = new Set(Object.values(kit.roles).flatMap(({ facts = {} }) => Object.keys(facts)))
  const inForce: JsonObject = { ...person.facts, ...about.facts }
  const facts = [...person.metFacts].flatMap(([fact, values]) =>
    needed.has(fact)
      ? [...values]
          .filter((value) => value !== inForce[fact])
          .map((value) => move(fact, value, { facts: { ...about.facts, [fact]: value } }))
      : [],
  )
  const always = [...roles, ...facts, ...none, ...other('password', person.passwords)]
  if (kit.lockout === undefined) return always
  const right = taken(person.codes)
  const isLikeAnApp = right.length > 1 || right.some(({ isOver }) => isOver === true)
  // An app does not show a code again.
  const isFixed = right.some((secret) => secret.taken.some(({ at }) => at - (secret.taken[0]?.at ?? at) > longestShown))
  const app = isLikeAnApp && !isFixed && about.hasApp !== true ? [move('hasApp', true)] : []
  const hidden = person.hidden.slice(0, 30).map((number) => {
    const { malformed = [] } = about
    const others = malformed.filter((each) => each !== number)
    return move('malformed', number, { malformed: others.length < malformed.length ? others : [...malformed, number] })
  })
  return [...always, ...app, ...other('code', person.codes), ...hidden, ...histories(api, person, about, settings)]
}

function taken(secrets: MetPerson['codes']): SentSecret[] {
  return [...secrets.values()].filter((secret) => secret.taken.length > 0)
}

/** Wrong codes from before the recording. */
export function histories(api: CheckedApi, person: MetPerson, about: PersonGuess, settings: JsonObject): OtherValue[] {
  const { after } = api.kit.lockout ?? {}
  const { hasNoCode, isLocked } = api.kit.roles[about.role] ?? {}
  if (after === undefined || hasNoCode === true || isLocked === true || person.codes.size === 0) return []
  const limit = Math.min(Number(readSettings(api, settings)[after] ?? 1), 12)
  return Array.from({ length: limit }, (_, failures) => failures)
    .filter((failures) => failures !== (about.failures ?? 0))
    .map((failures) => ({ who: person.username, name: 'failures', value: failures, patch: { failures } }))
}

/** What was said and answered, as kits read it. */
export function answersForKit(api: CheckedApi, { exchanges }: Met, settings: JsonObject): RecordedAnswer[] {
  const mount = api.mount(readSettings(api, settings))
  return exchanges.map(({ request, answer }) => ({
    ...answer,
    path: request.path.slice(mount.length),
    sent: request.headers,
  }))
}
