import { formatDuration, parseDuration } from '../../core/duration.ts'
import type { AnyField } from '../../core/field.ts'
import { sameJson, type Json } from '../../core/json.ts'
import { readSettings } from '../target/settings.ts'
import type { Explanation } from './guess.ts'
import type { MetExchange } from './met-person.ts'
import { isNumber, movesOfSettings, personMoves, type OtherValue } from './moves.ts'
import type { Replay, UnlikeAnswer } from './replay.ts'

/** So many of somebody's requests are looked at for counts and durations, the latest. */
const mostLately = 6

/** So many durations are tried, of those that may differ. */
const mostDurations = 6

/**
 * What may explain an answer: other values of the settings that were read for it, and whatever its user may be; with
 * `isBefore` what happened before the recording as well, which would explain anything.
 */
export function optionsAt(
  replay: Replay,
  guess: Explanation,
  { exchange, reads }: UnlikeAnswer,
  isBefore: boolean,
): OtherValue[] {
  const { api, met } = replay
  const { settings } = guess
  const inForce = readSettings(api, settings)
  const lately = met.exchanges
    .filter(({ person, number }) => number <= exchange.number && (person ?? exchange.person) === exchange.person)
    .slice(-mostLately)
  const moves = movesOfSettings(replay, settings, reads, (name, field) => {
    // To when a lock lasts is told exactly; what lies between requests would not do.
    const isTold = name === api.kit.lockout?.for && api.kit.lockout.until !== undefined
    return { values: valuesAt(field, lately), isSuggested: !isNumber(field) || isTold }
  })
  const isOther = ({ patch }: OtherValue): boolean =>
    Object.entries(patch).some(([name, value]) => !sameJson(numberOf(api.settings[name], value), inForce[name] ?? null))
  // Without a session it may be whoever strangers are taken for.
  const who = [exchange.person?.username, inForce['defaultUser']].filter((name) => typeof name === 'string')
  const people = personMoves(api, met, guess, who).filter(({ name }) => isBefore || name !== 'failures')
  return [...moves.filter(isOther), ...people]
}

function numberOf(field: AnyField | undefined, value: Json | undefined): Json {
  return field?.kind === 'duration' && typeof value === 'string' ? (parseDuration(value) ?? null) : (value ?? null)
}

/** Values of a field between which these exchanges can tell. */
function valuesAt(field: AnyField, lately: readonly MetExchange[]): Json[] {
  const none = 'nullable' in field && field.nullable ? [null] : []
  const usual = 'default' in field && field.default !== undefined ? [field.default] : []
  switch (field.kind) {
    case 'choice':
      return [...field.choices]
    case 'boolean':
      return [true, false]
    case 'integer': {
      const { min = 0, max = 1000 } = field
      const counts = Array.from({ length: lately.length + 2 }, (_, index) => index)
      return [...none, ...new Set([...counts, ...usual, max])].filter(
        (count) => count === null || (Number(count) >= min && Number(count) <= max),
      )
    }
    case 'duration':
      return [...none, ...[...between(lately), ...usual.map(Number)].map(formatDuration)]
    default:
      return []
  }
}

/** Durations that lie between those which lie between exchanges. */
function between(lately: readonly MetExchange[]): number[] {
  const times = lately.map(({ answer }) => answer.at)
  const gaps = times.flatMap((at, index) => times.slice(index + 1).map((later) => later - at))
  const sorted = [0, ...gaps].sort((one, other) => one - other)
  const middles = sorted.flatMap((gap, index) => {
    const next = sorted[index + 1] ?? gap * 4 + 1000
    const middle = Math.max(1000, Math.round(Math.sqrt(Math.max(gap, 250) * next) / 1000) * 1000)
    return next - gap < 1500 || middle <= gap || middle >= next ? [] : [middle]
  })
  const step = Math.ceil(middles.length / mostDurations)
  return middles.filter((_, index) => (middles.length - 1 - index) % step === 0)
}
