import { toIso } from '../../core/instant.ts'
import type { JsonObject } from '../../core/json.ts'
import type { SeenExchange } from '../playing/seen.ts'
import { Tokens } from '../playing/tokens.ts'
import { neverCode, untilIn, type Possibility } from './possibility.ts'
import type { BareStage, RecordMap } from './stage.ts'

// What nobody sends.
const neverPassword = 'not known \u0001'

const longerThanAnyLock = 3650 * 86_400_000

/** What an API may want passwords and codes to look like; the first that it takes begins a record. */
const standIns = [neverPassword, 'Abcd1234', '1234', 'Abcd-12345678'].flatMap((password) =>
  [neverCode, '123456', '1234', '12345678', 'Abcd-1234'].map((pin) => ({ password, pin })),
)

/** What somebody may be who is met for the first time: in any role, with any count that does not lock yet. */
export function firstPossibilities(
  stage: BareStage,
  username: string,
  { request, answer }: SeenExchange,
  now: number,
): readonly Possibility[] {
  const { kit } = stage.api
  const { lockout, strangers } = kit
  const { isIn = false, facts: met = {} } = kit.introduce?.(request, answer) ?? {}
  const told = untilIn(answer, lockout?.until?.member)
  // Where nobody ever tells until when, it is over when somebody is let in.
  const until = strangers !== undefined && lockout?.until === undefined ? now + longerThanAnyLock : told
  const all = strangers?.maybe ?? [isIn ? met : {}]
  const found = all
    .flatMap((facts) => factsByRole(stage, facts))
    .flatMap(({ role, ...facts }): Possibility[] => {
      const isLocked = kit.roles[String(role)]?.isLocked === true
      const before = { ...facts, ...(isLocked && until !== undefined ? { until: toIso(until) } : {}) }
      const known = recordsOf(stage, { role: String(role), username, facts: before }, now)
      return known === undefined ? [] : [possibility(stage, known, isLocked && told === undefined)]
    })
  // Where anybody may be asked for, there may be nobody of that name.
  const nobody = strangers === undefined || found.length === 0 ? undefined : stage.with(undefined, now)
  return nobody === undefined ? found : [...found, possibility(stage, nobody, false)]
}

/** What is known of nobody. */
export function possibility(stage: BareStage, known: RecordMap, isEndOpen: boolean): Possibility {
  const { kit, secrets } = stage.api
  const header = kit.sessionHeader
  const isOurs = kit.strangers === undefined ? undefined : (text: string): boolean => secrets.isToken?.(text) === true
  const sessions = new Tokens({
    ...(header === undefined ? {} : { header }),
    ...(isOurs === undefined ? {} : { isOurs }),
  })
  return { known, sessions, refused: new Set(), learned: [], tainted: [], isPasswordKnown: false, isEndOpen }
}

function factsByRole({ api: { kit }, settings }: BareStage, told: JsonObject): JsonObject[] {
  const { lockout } = kit
  const limit = Number(settings[lockout?.after ?? ''] ?? 1)
  return Object.entries(kit.roles).flatMap(([role, { facts, hasNoCode, isLocked }]) => {
    // What a role is that needs facts nobody has seen is not known.
    if (role === lockout?.role || Object.keys(facts ?? {}).some((fact) => !Object.hasOwn(told, fact))) return []
    const counts = hasNoCode === true || isLocked === true ? [0] : Array.from({ length: limit }, (_, count) => count)
    return counts.map((failures): JsonObject => ({ ...told, role, ...(failures === 0 ? {} : { failures }) }))
  })
}

function recordsOf(
  stage: BareStage,
  account: { readonly role: string; readonly username: string; readonly facts: JsonObject },
  now: number,
): RecordMap | undefined {
  for (const proof of standIns) {
    const known = stage.with({ ...account, ...proof }, now)
    if (known === undefined) continue
    if (proof.pin === neverCode && proof.password === neverPassword) return known
    const changed = stage.change(known, { password: neverPassword }, now)
    return changed && stage.withCode(changed, neverCode, now)
  }
  return undefined
}
