import { check } from '../core/check.ts'
import type { Issue } from '../core/errors.ts'
import { fieldKinds, type AnyField } from '../core/field.ts'
import { isJsonObject } from '../core/json.ts'
import { quoted } from '../core/quoted.ts'
import type { AnyDefinition } from './any-definition.ts'

/** An instant that is relative cannot be kept. */
const kinds: readonly string[] = fieldKinds.filter((kind) => kind !== 'moment')

/** What is wrong with the fields of a definition: those of users, of sessions, and the settings. */
export function* fieldIssues(definition: AnyDefinition): Iterable<Issue> {
  const { user, settings, sessions } = definition
  if (user === undefined)
    yield { path: ['user'], message: 'is missing: what there is to know of a user; {} if it is nothing.' }
  yield* fieldsIn(user, ['user'], takenOfUsers(definition))
  yield* fieldsIn(settings, ['settings'], takenOfSettings(definition))
  if (!isJsonObject(sessions)) return
  yield* fieldsIn(
    sessions.facts,
    ['sessions', 'facts'],
    ['id', 'user', 'username', 'openedAt', 'lastSeenAt', 'sessionEpoch'],
  )
  for (const [name, field] of Object.entries(sessions.facts ?? {})) {
    if (!isField(field) || field.optional === true || field.default !== undefined) continue
    const message = 'A session begins without it: give it a default, or make it optional.'
    yield { path: ['sessions', 'facts', name], message }
  }
}

function* fieldsIn(fields: unknown, path: Issue['path'], taken: readonly string[]): Iterable<Issue> {
  if (fields === undefined) return
  if (!isJsonObject(fields)) return yield { path, message: `${quoted(fields)} is no map from names to fields.` }
  for (const [name, field] of Object.entries(fields)) {
    const at = [...path, name]
    if (!/^[A-Za-z]\w*$/.test(name))
      yield { path: at, message: `"${name}" is no name: write letters and digits, a letter first.`, onKey: true }
    if (taken.includes(name))
      yield {
        path: at,
        message: `There is a "${name}" already, which this API has anyway; choose another name.`,
        onKey: true,
      }
    if (isField(field)) {
      yield* defaultIssues(field, at)
      continue
    }
    const isMoment = isJsonObject(field) && field['kind'] === 'moment'
    const instead = isMoment ? 'An instant that is relative cannot be kept' : `${quoted(field)} is no field`
    yield { path: at, message: `${instead}; write text({ about: … }), integer({ about: … }) or another.` }
  }
}

/** Defaults are what programs read, and nobody reads them again: one that does not fit would be found in an answer. */
function* defaultIssues(field: AnyField, path: Issue['path']): Iterable<Issue> {
  if (field.default !== undefined) yield* check(field, field.default, [...path, 'default'], 'stored').issues
  const inner =
    field.kind === 'object'
      ? Object.entries(field.fields)
      : field.kind === 'list' || field.kind === 'map'
        ? [['item', field.item] as const]
        : []
  for (const [name, each] of inner) if (isField(each)) yield* defaultIssues(each, [...path, name])
}

function isField(field: unknown): field is AnyField {
  return isJsonObject(field) && kinds.includes(String(field['kind'])) && typeof field['about'] === 'string'
}

function takenOfUsers({ lockout, secondFactor, sessions }: AnyDefinition): readonly string[] {
  return [
    'username',
    'state',
    'session',
    ...(lockout === undefined
      ? []
      : [lockout.word, 'failures', 'for', 'until', 'unblock', 'lock', 'failedAt', 'locks']),
    ...(secondFactor === undefined ? [] : [secondFactor.called, 'totp']),
    ...(sessions === undefined ? [] : ['sessionEpoch']),
  ]
}

/** The names of all settings, in the order in which they are shown. */
export function settingNames(definition: AnyDefinition): readonly string[] {
  const taken = takenOfSettings(definition).filter((name) => name !== 'users' && name !== 'crowd')
  return [...taken, ...Object.keys(definition.settings ?? {})]
}

function takenOfSettings({ lockout, secondFactor, sessions }: AnyDefinition): readonly string[] {
  return [
    'path',
    'users',
    'crowd',
    ...(lockout === undefined ? [] : ['lockAfter', 'lockFor']),
    ...(secondFactor === undefined ? [] : ['codeReuse', 'codeWindow']),
    ...(sessions === undefined ? [] : ['sessionFor']),
  ]
}
