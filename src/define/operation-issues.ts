import type { Issue } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { quoted } from '../core/quoted.ts'
import type { AnyDefinition } from './any-definition.ts'
import { tellsIssues } from './tells-issues.ts'
import { unknownMembers } from './unknown-members.ts'

const place = /^(?:GET|POST|PUT|PATCH|DELETE) \/[^\s?#]*$/

/** What is wrong with the operations of a definition. */
export function* operationIssues(definition: AnyDefinition): Iterable<Issue> {
  const { operations } = definition
  if (!isJsonObject(operations) || Object.keys(operations).length === 0)
    return yield { path: ['operations'], message: 'There are none: say which requests are answered.' }
  const places = new Map<string, string>()
  for (const [name, operation] of Object.entries(operations)) {
    const path = ['operations', name]
    if (!/^[A-Za-z][\w-]*$/.test(name))
      yield {
        path,
        message: `"${name}" is no name that a fault could have in it: write letters, digits and hyphens.`,
        onKey: true,
      }
    if (!isJsonObject(operation)) {
      yield { path, message: `${quoted(operation)} is no operation; write { at: 'POST /enter', about: …, step: … }.` }
      continue
    }
    yield* unknownMembers(operation, ['at', 'about', 'tries', 'tells', 'step'], path)
    yield* placeIssues(operation.at, [...path, 'at'], places)
    if (typeof operation.about !== 'string' || operation.about.trim() === '')
      yield { path: [...path, 'about'], message: 'is missing: what it does, in a few words.' }
    if (operation.tries !== undefined && typeof operation.tries !== 'boolean')
      yield { path: [...path, 'tries'], message: `${quoted(operation.tries)} is neither true nor false.` }
    yield* tellsIssues(definition, operation, [...path, 'tells'])
    if (typeof operation.step !== 'function')
      yield { path: [...path, 'step'], message: `${quoted(operation.step)} is no function that decides a request.` }
  }
}

function* placeIssues(at: unknown, path: readonly string[], places: Map<string, string>): Iterable<Issue> {
  if (typeof at !== 'string' || !place.test(at))
    return yield { path, message: `${quoted(at)} is no method and path, such as POST /enter or GET /users/{id}.` }
  const names = Array.from(at.matchAll(/\{([^}]*)\}/g), ([, name = '']) => name)
  const wrong = names.find((name, index) => !/^[A-Za-z_]\w*$/.test(name) || names.indexOf(name) !== index)
  const rest = at.replaceAll(/\{\w*\}/g, '')
  if (wrong !== undefined || /[{}]/.test(rest))
    yield { path, message: `${quoted(at)} has a placeholder that is none: write each once, such as {id}.` }
  const same = at.replaceAll(/\{\w+\}/g, '{}')
  const before = places.get(same)
  if (before !== undefined) yield { path, message: `${quoted(at)} is where ${before} is already.` }
  places.set(same, path[1] ?? '')
}
