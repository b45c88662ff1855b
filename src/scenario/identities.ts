import type { AnyApi, Person, PersonFacts } from '../core/api.ts'
import type { Issue } from '../core/errors.ts'
import { map, object, text, type AnyField, type FieldMap } from '../core/field.ts'
import { isJsonObject, own, type JsonObject } from '../core/json.ts'

/** What is known of a person whatever the API. */
export const factFields = {
  firstName: text({ about: 'made up by seed if blank', optional: true }),
  lastName: text({ about: 'made up by seed if blank', optional: true }),
  email: text({ about: 'made up by seed if blank', optional: true }),
}

/** `people`: who has an identity in several APIs, by the username that all of them share. */
export function peopleField(apis: readonly AnyApi[]): AnyField {
  const identities: FieldMap = Object.fromEntries(
    apis.map((api) => [
      api.id,
      object(api.identity.fields, { about: `who the person is in ${api.title}`, optional: true }),
    ]),
  )
  const person = object({ ...factFields, ...identities }, { about: 'a person' })
  return map(person, { about: 'people with an identity in several APIs, by username', default: {} })
}

/** The scenario with each person's identities added to the sections of their APIs. */
export function spreadPeople(source: JsonObject, apis: readonly AnyApi[]): JsonObject {
  const people = own(source, 'people')
  if (!isJsonObject(people)) return source
  const sections = apis.map((api): [string, JsonObject] => {
    const section = sectionOf(source, api)
    const added = inApi(people, api)
    return [api.id, added.length === 0 ? section : api.identity.add(section, added)]
  })
  return { ...source, ...Object.fromEntries(sections) }
}

function inApi(people: JsonObject, { id }: AnyApi): Person[] {
  return Object.entries(people).flatMap(([username, person]) => {
    if (!isJsonObject(person) || !Object.hasOwn(person, id)) return []
    const { firstName, lastName, email } = person as PersonFacts & JsonObject
    const spec = own(person, id)
    return [{ username, facts: { firstName, lastName, email }, spec: isJsonObject(spec) ? spec : {} }]
  })
}

/** An API's section of a scenario; an empty one where it is left out. */
export function sectionOf(source: JsonObject, api: AnyApi): JsonObject {
  const section = own(source, api.id)
  return isJsonObject(section) ? section : {}
}

/** Where an issue of a user stands, if that user was written under `people`. */
export function inPeople(issue: Issue, source: JsonObject): Issue {
  const [api, kind, place, ...rest] = issue.path
  const people = own(source, 'people')
  if (kind !== 'users' || typeof api !== 'string' || !isJsonObject(people)) return issue
  const name = typeof place === 'number' ? nameAt(place, api, people, source) : place
  const person = name === undefined ? undefined : own(people, name)
  const isTheirs = isJsonObject(person) && Object.hasOwn(person, api)
  return isTheirs ? { ...issue, path: ['people', name as string, api, ...rest] } : issue
}

/** Whose user it is that stands at a place of a list: people come after the users that are written there. */
function nameAt(place: number, api: string, people: JsonObject, source: JsonObject): string | undefined {
  const section = own(source, api)
  const users = isJsonObject(section) ? own(section, 'users') : undefined
  const names = Object.keys(people).filter((name) => {
    const person = own(people, name)
    return isJsonObject(person) && Object.hasOwn(person, api)
  })
  return names[place - (Array.isArray(users) ? users.length : 0)]
}
