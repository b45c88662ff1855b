import { unusable, type Issue } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { quoted } from '../core/quoted.ts'
import type { AnyDefinition } from './any-definition.ts'
import { clauseIssues } from './clause-issues.ts'
import { fieldIssues } from './field-issues.ts'
import { operationIssues } from './operation-issues.ts'
import { partIssues } from './part-issues.ts'
import { unknownMembers } from './unknown-members.ts'

const members = [
  'id',
  'title',
  'path',
  'user',
  'settings',
  'lockout',
  'secondFactor',
  'sessions',
  'error',
  'clauses',
  'operations',
]

/** Throws ERR_API_INVALID for a definition in which something is wrong, with everything that is. */
export function refuseWrong(definition: AnyDefinition): void {
  const issues = isJsonObject(definition)
    ? [...definitionIssues(definition)]
    : [{ path: [], message: `${quoted(definition)} is no definition of an API; write defineApi({ id: …, … }).` }]
  if (issues.length === 0) return
  const name = typeof definition?.id === 'string' ? ` ${definition.id}` : ''
  throw unusable('ERR_API_INVALID', `The API${name}`, issues)
}

function* definitionIssues(definition: AnyDefinition): Iterable<Issue> {
  yield* unknownMembers(definition, members, [])
  const { id, title, path, error } = definition
  if (typeof id !== 'string' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    yield {
      path: ['id'],
      message: `${quoted(id)} is no id: write lower case letters and digits, with hyphens between words.`,
    }
  if (title !== undefined && (typeof title !== 'string' || title.trim() === ''))
    yield { path: ['title'], message: `${quoted(title)} is no title for people.` }
  if (path !== undefined && !(typeof path === 'string' && /^(\/[\w.~-]+)*$/.test(path)))
    yield { path: ['path'], message: `${quoted(path)} is no path such as /hall, or empty.` }
  if (error !== undefined && typeof error !== 'function')
    yield { path: ['error'], message: `${quoted(error)} is no function that words an error.` }
  yield* partIssues(definition)
  // What is no part is told once: all else looks at those that are.
  const { lockout, secondFactor, sessions } = definition
  const parts = Object.entries({ lockout, secondFactor, sessions }).filter(([, part]) => isJsonObject(part))
  const { lockout: _lockout, secondFactor: _factor, sessions: _sessions, ...rest } = definition
  const sound: AnyDefinition = { ...rest, ...Object.fromEntries(parts) }
  yield* fieldIssues(sound)
  yield* clauseIssues(sound)
  yield* operationIssues(sound)
}
