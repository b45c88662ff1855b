import type { Api, ApiParts } from '../core/api.ts'
import { repliesOf, type ClauseTable } from '../core/clause-entry.ts'
import { listOf } from '../core/clause-readers.ts'
import { map, object, type FieldMap } from '../core/field.ts'
import { crowdField } from '../model/crowd.ts'
import { identityByName } from '../model/identity.ts'
import type { Carrier } from '../model/sessions.ts'
import type { AnyDefinition } from './any-definition.ts'
import type { Definition } from './definition.ts'
import { refuseWrong } from './definition-issues.ts'
import { modelOf } from './model.ts'
import { ownErrorForm } from './own-errors.ts'
import { ownOperations } from './own-operations.ts'
import type { CodeName, NoFields, SaysTable } from './own.ts'
import type { OwnApi } from './own-parts.ts'
import { claimsOf, tryOutOf } from './own-paths.ts'
import { changed, sectionIssuesOf, seedOf, viewOf } from './own-people.ts'
import { sessionIds } from './own-sessions.ts'
import { ownSettings, type PartSettings } from './own-settings.ts'
import { ownStates } from './own-states.ts'
import { ownTracing } from './own-tracing.ts'
import { unknownPlace } from './unknown-place.ts'

/**
 * Makes an API of your own, to be played like those of this package: its section in scenarios, states that can be
 * forced, lockout, clock, faults, reasons, sessions, provider states, and secrets that are masked, by what is said of it
 * once. Throws an UnderstudyError with code ERR_API_INVALID that names what in the definition is wrong.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { bare, defineApi, text } from 'auth-understudy/api'
 *
 * const door = defineApi({
 *   id: 'door',
 *   user: { code: text({ about: 'the right code', secret: true }) },
 *   lockout: { word: 'locked', counts: 'wrong codes', after: 3, for: '1m' },
 *   clauses: {
 *     'D-1': { text: 'The right code opens.', says: { open: bare(204, 'the code is right') } },
 *     'D-2': { text: 'Any other does not.', says: { shut: bare(403, 'the code is not right') } },
 *   },
 *   operations: {
 *     open: {
 *       at: 'POST /open/{who}',
 *       about: 'opens the door',
 *       step: ({ params, query, user, attempt, say }) => {
 *         const who = user(params['who'])
 *         return who && attempt(who, query['code'] === who.code).is === 'right' ? say.open : say.shut
 *       },
 *     },
 *   },
 * })
 * const world = await createWorld({ door: { users: { ada: { code: '1815' } } } }, { apis: { door } })
 * console.log(world.door.user('ada').set({ locked: true }).state) // locked
 * ```
 * @experimental may change with any minor version until 1.0; see CHANGELOG-api.md
 * @since 0.1.0
 */
export function defineApi<
  const Id extends string,
  User extends FieldMap,
  Says extends SaysTable,
  Operation extends string,
  Settings extends FieldMap = NoFields,
  const Locked extends string = never,
  const Code extends CodeName = never,
  const Place extends Carrier = never,
  Session extends FieldMap = NoFields,
>(
  definition: Definition<{
    id: Id
    user: User
    settings: Settings
    locked: Locked
    code: Code
    carrier: Place
    session: Session
    says: Says
    operation: Operation
  }>,
): OwnApi<{
  id: Id
  user: User
  settings: Settings
  locked: Locked
  code: Code
  carrier: Place
  session: Session
  says: Says
  operation: Operation
}> {
  // What follows is built by looking into the definition: its types are told by `OwnApi`, and by nothing else.
  return build(definition) as never
}

function build(definition: AnyDefinition): Api<ApiParts> {
  refuseWrong(definition)
  const model = modelOf(definition)
  const { id, title = id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ') } = definition
  const { users, facts, sessions } = model
  const unknown = unknownPlace(definition)
  const clauses = { ...withOrigins(definition), ...unknown.clauses } as unknown as ClauseTable
  const settings = ownSettings(definition)
  const errorForm = ownErrorForm(definition)
  return {
    id,
    title,
    clauses: listOf(clauses),
    operations: ownOperations(model, repliesOf(clauses)) as never,
    mount: (given) => String(given['path']),
    ...claimsOf(definition),
    unknownPath: unknown.reply,
    wrongMethodClause: unknown.id,
    section: {
      ...settings,
      users: map(object(facts.scenario as FieldMap, { about: 'a user' }), {
        about: 'the users, by username',
        default: {},
      }),
      crowd: crowdField,
    },
    sectionIssues: (section) => sectionIssuesOf(model, section as never),
    settings,
    userChange: facts.change,
    identity: identityByName(facts.scenario as FieldMap, () => ({})),
    seed: (section, start) => seedOf(model, section as never, start),
    records: { user: users.field, ...(sessions === undefined ? {} : { session: sessions.sessions.field }) },
    collections: {
      users: { kind: 'user', nameOf: (user) => users.of(user).username, open: true },
      ...(sessions === undefined ? {} : { sessions: { kind: 'session', open: true } }),
    },
    viewUser: (user, given, now) => viewOf(model, users.of(user), given as PartSettings, now),
    ...(sessions === undefined
      ? {}
      : {
          viewSession: (record, stored, given, now) =>
            sessions.view(record, users.get(stored, String(record['username'])), given as PartSettings, now),
        }),
    changeUser: (user, change, given, now) => changed(model, users.of(user), change, given as PartSettings, now),
    providerStates: ownStates(model),
    ...(errorForm === undefined ? {} : { errorForm: () => errorForm }),
    tryOut: tryOutOf(definition),
    tracing: async () => ownTracing(model),
    loadKit: async () => (await import('./own-kit.ts')).ownKit(model, clauses),
    secrets: {
      members: [...facts.secrets, ...(sessions?.secrets ?? [])],
      bodies: [],
      ...(sessions === undefined ? {} : { isToken: (word) => sessionIds.pattern.test(word) }),
    },
  }
}

function withOrigins({ clauses }: AnyDefinition): object {
  return Object.fromEntries(Object.entries(clauses).map(([id, clause]) => [id, { origin: 'documented', ...clause }]))
}
