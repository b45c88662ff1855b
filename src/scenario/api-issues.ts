import type { AnyApi } from '../core/api.ts'
import { check } from '../core/check.ts'
import { issuesBelow, type Issue } from '../core/errors.ts'
import { object } from '../core/field.ts'
import { isJsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { messageOf } from '../core/thrown.ts'

/** What a member takes, in words; and what is wrong with it, beyond that, below its path. */
interface Member {
  readonly takes: string
  readonly fits: (value: unknown) => boolean
  readonly isOptional?: true
  readonly inside?: (value: never) => Iterable<Issue>
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isTexts = (value: unknown): boolean => isList(value) && value.every(isText)
const isFields = (value: unknown): boolean => isJsonObject(value) && Object.values(value).every(isField)
const isField = (value: unknown): boolean => isJsonObject(value) && isText(value['kind']) && isText(value['about'])
const isCall = (value: unknown): boolean => typeof value === 'function'

const text: Member = { takes: 'a text', fits: isText }
const call: Member = { takes: 'a function', fits: isCall }
const pattern: Member = { takes: 'a regular expression', fits: (value) => value instanceof RegExp }
const fields: Member = { takes: 'fields by name, such as { path: text({ about: … }) }', fits: isFields }
const anObject: Member = { takes: 'an object', fits: isJsonObject }
const texts: Member = { takes: 'a list of texts', fits: isTexts }
const optional = (member: Member): Member => ({ ...member, isOptional: true })

const identity = { fields, add: call }
const secrets = { members: texts, bodies: texts }
const clause = { id: text, text, origin: text }
const operation = {
  id: text,
  summary: text,
  methods: { takes: 'a list of methods in upper case, empty for any', fits: isMethods },
  paths: { takes: 'a list of paths, each beginning with /', fits: isPaths },
  step: call,
}

/** What an API consists of, each of its members named. */
const members: { readonly [Name in keyof Required<AnyApi>]: Member } = {
  id: { takes: 'lower case letters, digits and hyphens, such as turnstile', fits: isId },
  title: text,
  clauses: { takes: 'a list of clauses', fits: isFilled, inside: eachOf(clause) },
  operations: { takes: 'a list of operations', fits: isFilled, inside: eachOf(operation) },
  mount: call,
  elsewhere: optional(call),
  claims: pattern,
  ownPaths: optional(pattern),
  unknownPath: call,
  respell: optional(call),
  unrouted: optional(call),
  trustsProxy: optional(call),
  errorForm: optional(call),
  wrongMethodClause: text,
  section: fields,
  userIds: optional(call),
  userKin: optional(call),
  sectionIssues: call,
  identity: { ...anObject, inside: (value) => within(identity, value) },
  settings: fields,
  userChange: fields,
  seed: call,
  records: fields,
  collections: optional(anObject),
  viewUser: call,
  viewSession: optional(call),
  changeUser: call,
  providerStates: anObject,
  tryOut: call,
  outcome: optional(call),
  loadKit: optional(call),
  mutants: optional(call),
  secrets: { ...anObject, inside: (value) => within(secrets, value) },
  lints: optional(call),
  tracing: optional(call),
  file: optional(text),
}

/** Everything that is wrong with a value that is to be an API; nothing if it is one. */
export function apiIssues(value: unknown): Issue[] {
  if (!isJsonObject(value)) return [{ path: [], message: 'An API is an object, with id, operations and so on.' }]
  const issues = [...within(members, value), ...misspelt(value)]
  return issues.length > 0 ? issues : [...crossIssues(value as unknown as AnyApi)]
}

function* within(table: { readonly [name: string]: Member }, value: object): Iterable<Issue> {
  for (const [name, { takes, fits, isOptional, inside }] of Object.entries(table)) {
    const member: unknown = Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined
    if (member === undefined && isOptional === true) continue
    if (member === undefined) yield { path: [name], message: `is missing; it takes ${takes}` }
    else if (!fits(member)) yield { path: [name], message: `takes ${takes}` }
    else if (inside !== undefined) yield* issuesBelow([name], inside(member as never))
  }
}

/** Members that nobody reads, but for a letter or two. */
function* misspelt(value: object): Iterable<Issue> {
  const left = Object.keys(members).filter((name) => !Object.hasOwn(value, name))
  for (const name of Object.keys(value).filter((each) => !Object.hasOwn(members, each))) {
    const nearest = nearestWord(name, left)
    if (nearest !== undefined) yield { path: [name], message: 'is no member of an API.', nearest }
  }
}

/** What is wrong although each member fits by itself. */
function* crossIssues(api: AnyApi): Iterable<Issue> {
  const clauses = api.clauses.map(({ id }) => id)
  yield* twice('clauses', clauses)
  yield* twice(
    'operations',
    api.operations.map(({ id }) => id),
  )
  if (!clauses.includes(api.wrongMethodClause)) {
    const message = `"${api.wrongMethodClause}" is none of its clauses.`
    const nearest = nearestWord(api.wrongMethodClause, clauses)
    yield { path: ['wrongMethodClause'], message, ...(nearest === undefined ? {} : { nearest }) }
  }
  for (const name of Object.keys(api.settings))
    if (!Object.hasOwn(api.section, name)) yield { path: ['settings', name], message: 'is missing in `section`' }
  yield* mountIssues(api)
}

/** What `mount` makes of settings as they are where a scenario says nothing. */
function* mountIssues(api: AnyApi): Iterable<Issue> {
  const { value } = check(object(api.settings, { about: 'settings' }), {})
  if (value === undefined) return
  try {
    const prefix: unknown = api.mount(value)
    if (typeof prefix === 'string' && /^(\/.*[^/])?$/.test(prefix)) return
    yield {
      path: ['mount'],
      message: `returns ${JSON.stringify(prefix)}, which is no path such as /turnstile; empty for the root`,
    }
  } catch (error) {
    yield { path: ['mount'], message: `throws: ${messageOf(error)}` }
  }
}

function* twice(list: string, ids: readonly string[]): Iterable<Issue> {
  for (const [index, id] of ids.entries())
    if (ids.indexOf(id) < index) yield { path: [list, index, 'id'], message: `"${id}" is there twice` }
}

function eachOf(table: { readonly [name: string]: Member }): (list: readonly unknown[]) => Iterable<Issue> {
  return function* each(list) {
    for (const [index, item] of list.entries()) {
      if (isJsonObject(item)) yield* issuesBelow([index], within(table, item))
      else yield { path: [index], message: `takes an object with ${Object.keys(table).join(', ')}` }
    }
  }
}

function isId(value: unknown): boolean {
  return isText(value) && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value)
}

function isFilled(value: unknown): boolean {
  return isList(value) && value.length > 0
}

function isMethods(value: unknown): boolean {
  return isTexts(value) && (value as readonly string[]).every((method) => /^[A-Z]+$/.test(method))
}

function isPaths(value: unknown): boolean {
  return isTexts(value) && isFilled(value) && (value as readonly string[]).every((path) => path.startsWith('/'))
}
