import type { AnyApi } from '../core/api.ts'
import { checkPatch } from '../core/check.ts'
import { issuesBelow, type Issue } from '../core/errors.ts'
import type { AnyField, FieldMap } from '../core/field.ts'
import { asObject, isJsonObject, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { faultIssues } from './fault-issues.ts'
import { room, weigh } from './room.ts'
import type { ScheduledEvent, ScheduledSpec } from './scheduled.ts'

/** Who is asked whether there is a user. */
export interface UserLookup {
  has(api: AnyApi, username: string): boolean
  /** Some of those there are. */
  names(api: AnyApi): readonly string[]
}

/** The API that `secure-login/carol` names, where it names one, and the user's name in it. */
export function splitUser(user: string, apis: readonly AnyApi[]): { readonly api?: AnyApi; readonly username: string } {
  const slash = user.indexOf('/')
  const api = apis.find(({ id }) => id === user.slice(0, slash))
  return api === undefined ? { username: user } : { api, username: user.slice(slash + 1) }
}

/** The APIs that have the user of an event, and for which what is set fits. */
export function apisFor(
  { user = '', set }: Pick<ScheduledSpec, 'user' | 'set'>,
  apis: readonly AnyApi[],
  lookup: UserLookup,
): { readonly having: readonly AnyApi[]; readonly fitting: readonly AnyApi[]; readonly username: string } {
  const { api, username } = splitUser(user, apis)
  const having = (api === undefined ? apis : [api]).filter((each) => lookup.has(each, username))
  const fits = (each: AnyApi): boolean => set === undefined || setIssues(each.userChange, set).length === 0
  return { having, fitting: having.filter(fits), username }
}

/** What is wrong with an event although each member fits. */
export function scheduledIssues(
  spec: Omit<ScheduledSpec, 'at'>,
  apis: readonly AnyApi[],
  lookup: UserLookup,
): readonly Issue[] {
  const { user, api, set, end, fault } = spec
  const deeds = [set, end, fault].filter((deed) => deed !== undefined).length
  if (deeds !== 1) return [{ path: [], message: 'An event does one thing: say one of set, end and fault.' }]
  if (fault !== undefined) {
    const beside = (['user', 'api'] as const).filter((name) => spec[name] !== undefined)
    const issues = beside.map((name): Issue => ({ path: [name], message: 'stands within the fault.' }))
    return [...issues, ...issuesBelow(['fault'], faultIssues(fault, apis))]
  }
  if (api !== undefined && (user !== undefined || end !== undefined))
    return [{ path: ['api'], message: 'is whose settings are set; a user of it is written secure-login/carol.' }]
  if (user !== undefined) return userIssues({ user, set }, apis, lookup)
  if (end !== undefined) return []
  if (api === undefined) return [{ path: ['set'], message: 'Whose? Say user or api beside it.' }]
  const found = apis.find(({ id }) => id === api)
  return found === undefined
    ? [
        unknown(
          'api',
          api,
          apis.map(({ id }) => id),
          'There is no API',
        ),
      ]
    : setIssues(found.settings, set)
}

function userIssues(
  { user, set }: { readonly user: string; readonly set: JsonObject | undefined },
  apis: readonly AnyApi[],
  lookup: UserLookup,
): readonly Issue[] {
  const { having, fitting } = apisFor({ user, ...(set === undefined ? {} : { set }) }, apis, lookup)
  if (having.length === 0) {
    const names = apis.flatMap((api) => [...lookup.names(api)].flatMap((name) => [name, `${api.id}/${name}`]))
    return [unknown('user', user, names, 'No API has a user')]
  }
  const [first, second] = fitting
  if (first === undefined) return having.flatMap((api) => setIssues(api.userChange, set)).slice(0, 1)
  if (second === undefined || set === undefined) return []
  const message = `is a user of ${fitting.map(({ id }) => id).join(' and ')}; say ${first.id}/${user}.`
  return [{ path: ['user'], message }]
}

function unknown(member: 'user' | 'api', name: string, known: readonly string[], what: string): Issue {
  const nearest = nearestWord(name, known)
  return { path: [member], message: `${what} "${name}".`, ...(nearest === undefined ? {} : { nearest }) }
}

/** What is shared of a world shows its schedule, in which nobody would look for secrets. */
function setIssues(fields: FieldMap, set: unknown): readonly Issue[] {
  const { issues } = checkPatch(fields, set, ['set'])
  if (issues.length > 0) return issues
  if (Object.keys(asObject(set as JsonObject)).length === 0) return [{ path: ['set'], message: 'It sets nothing.' }]
  return secretIssues(fields, asObject(set as JsonObject))
}

function secretIssues(fields: FieldMap, set: JsonObject): readonly Issue[] {
  const secret = Object.keys(set).find((name) => Object.hasOwn(fields, name) && isSecret(fields[name]))
  return secret === undefined
    ? []
    : [{ path: ['set', secret], message: 'is a secret, and none is kept in a schedule.' }]
}

/** How many events may be to come in a world. */
export const scheduleLimit = 100

/** What is wrong with the schedule of a world as a whole, wherever it comes from: it has to be small, and free of secrets. */
export function scheduleIssues(
  events: readonly (ScheduledSpec | ScheduledEvent)[],
  apis: readonly AnyApi[],
  path: Issue['path'],
): readonly Issue[] {
  if (events.length > scheduleLimit)
    return [{ path, message: `There are ${events.length} events to come; there may be ${scheduleLimit}.` }]
  if (weigh(events) > room.schedule)
    return [{ path, message: `The schedule of a world may take ${room.schedule / 1_048_576} MiB; this is more.` }]
  return events.flatMap(({ set, api }, index) => {
    const fields = apis.map((each) => (api === undefined ? each.userChange : each.settings))
    const found = isJsonObject(set) ? fields.flatMap((each) => secretIssues(each, set)).slice(0, 1) : []
    return [...issuesBelow([...path, index], found)]
  })
}

function isSecret(field: AnyField | undefined): boolean {
  if (field === undefined || field.secret === true) return true
  if (field.kind === 'list' || field.kind === 'map') return isSecret(field.item)
  return field.kind === 'object' && Object.values(field.fields).some(isSecret)
}
