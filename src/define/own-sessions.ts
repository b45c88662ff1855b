import type { SessionView } from '../core/api.ts'
import type { HeaderList } from '../core/http.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { kind, type Kind } from '../core/kind.ts'
import { alphabets } from '../core/random.ts'
import {
  isOwnedBy,
  sessionFields,
  sessionView,
  type BasicSession,
  type Carrier,
  type SessionOwner,
} from '../model/sessions.ts'
import type { AnyDefinition } from './any-definition.ts'
import type { PartSettings } from './own-settings.ts'
import type { OwnUserRecord } from './own-user.ts'

/** A session as recorded, with the facts of the definition beside what every session has. */
export type OwnSessionRecord = BasicSession & { readonly [fact: string]: Json | undefined }

/** The sessions of the users of an API. */
export interface OwnSessions {
  readonly sessions: Kind<OwnSessionRecord>
  readonly carrier: Carrier
  /** What a session knows that has just begun. */
  readonly start: JsonObject
  /** The names of what is known of one. */
  readonly own: readonly string[]
  /** What nobody may see. */
  readonly secrets: readonly string[]
  readonly isAlive: (
    session: OwnSessionRecord | undefined,
    user: OwnUserRecord | undefined,
    given: PartSettings,
    now: number,
  ) => boolean
  readonly view: (session: JsonObject, user: OwnUserRecord | undefined, given: PartSettings, now: number) => SessionView
}

/** As long, and of such letters, that it is known wherever it stands. */
export const sessionIds = { length: 32, alphabet: alphabets.upperHex, pattern: /^[0-9A-F]{32}$/ } as const

/** Reads what sessions are off a definition; undefined where there are none. */
export function ownSessions({ sessions: defined }: AnyDefinition): OwnSessions | undefined {
  if (defined === undefined) return undefined
  const { in: carrier, facts = {} } = defined
  const own = Object.keys(facts)
  const secrets = own.filter((name) => facts[name]?.secret === true)
  const isAlive: OwnSessions['isAlive'] = (session, user, { sessionFor }, now) =>
    session !== undefined &&
    isOwnedBy(session, user as SessionOwner | undefined) &&
    now < session.lastSeenAt + sessionFor
  return {
    sessions: kind('session', { ...sessionFields, ...facts }) as unknown as Kind<OwnSessionRecord>,
    carrier,
    start: Object.fromEntries(own.map((name) => [name, facts[name]?.default])),
    own,
    secrets: [...secrets, ...namesOf(carrier)],
    isAlive,
    view: (record, user, given, now) => {
      const session = record as OwnSessionRecord
      const shown = Object.fromEntries(
        own.filter((name) => !secrets.includes(name)).map((name) => [name, session[name]]),
      )
      if (!isAlive(session, user, given, now)) return sessionView(session, 'expired', now, shown)
      return sessionView(session, 'open', now, { ...shown, until: session.lastSeenAt + given.sessionFor })
    },
  }
}

function namesOf(carrier: Carrier): readonly string[] {
  return carrier === 'bearer' ? [] : Object.values(carrier)
}

/** The header by which an answer hands out an id, or takes it back; none where it stands in the body. */
export function handOut(carrier: Carrier, id: string | undefined): HeaderList {
  if (carrier === 'bearer' || !('cookie' in carrier)) return []
  const end = id === undefined ? '; Max-Age=0' : ''
  return ['set-cookie', `${carrier.cookie}=${id ?? ''}; Path=/; HttpOnly; SameSite=Lax${end}`]
}
