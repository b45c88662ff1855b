import type { Issue } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { quoted } from '../core/quoted.ts'
import type { AnyDefinition } from './any-definition.ts'
import { settingNames } from './field-issues.ts'
import { unknownMembers } from './unknown-members.ts'
import { unknownPlace } from './unknown-place.ts'

const members = ['text', 'says', 'origin', 'choice', 'settings', 'source', 'met', 'code', 'varies']
const codes = ['right', 'uncounted', 'unneeded']
const origins = ['documented', 'general', 'observed', 'host', 'assumed']

/** What is wrong with the clauses of a definition. */
export function* clauseIssues(definition: AnyDefinition): Iterable<Issue> {
  const { clauses } = definition
  if (!isJsonObject(clauses) || Object.keys(clauses).length === 0)
    return yield { path: ['clauses'], message: 'There are none: say what is answered, and why.' }
  const said = new Map<string, string>()
  const own = unknownPlace(definition).id
  for (const [id, clause] of Object.entries(clauses)) {
    const path = ['clauses', id]
    if (!/^[A-Za-z]\w*(-\w+)+$/.test(id))
      yield { path, message: `"${id}" is no id of a clause, such as TS-01.`, onKey: true }
    if (id === own)
      yield { path, message: 'is the clause of unknown paths and wrong methods, which is there anyway.', onKey: true }
    if (isJsonObject(clause)) yield* issuesOf(clause, path, said, definition)
    else yield { path, message: `${quoted(clause)} is no clause; write { text: …, says: { … } }.` }
  }
}

function* issuesOf(
  clause: AnyDefinition['clauses'][string],
  path: readonly string[],
  said: Map<string, string>,
  definition: AnyDefinition,
): Iterable<Issue> {
  yield* unknownMembers(clause, members, path)
  const { text, says = {}, origin, settings = [], met, code, varies = {} } = clause
  if (typeof text !== 'string' || text.trim() === '')
    yield { path: [...path, 'text'], message: 'is missing: the fact in one sentence.' }
  if (origin !== undefined && !origins.includes(origin))
    yield { path: [...path, 'origin'], message: `${quoted(origin)} is not one of ${origins.join(', ')}.` }
  if (met !== undefined && (typeof met !== 'string' || met.trim() === ''))
    yield {
      path: [...path, 'met'],
      message: `${quoted(met)} is no line for a shell, such as curl "$UNDERSTUDY_…_URL/enter".`,
    }
  if (code !== undefined && !codes.includes(code))
    yield { path: [...path, 'code'], message: `${quoted(code)} is not one of ${codes.join(', ')}.` }
  yield* varyingIssues(varies, [...path, 'varies'])
  const known = settingNames(definition)
  if (!Array.isArray(settings))
    return yield { path: [...path, 'settings'], message: `${quoted(settings)} is no list of settings.` }
  if (!isJsonObject(says))
    return yield { path: [...path, 'says'], message: `${quoted(says)} is no map from names to answers.` }
  for (const setting of settings as readonly unknown[]) {
    if (known.includes(setting as string)) continue
    const nearest = nearestWord(String(setting), known)
    const message = `${quoted(setting)} is none of the settings ${known.join(', ')}.`
    yield { path: [...path, 'settings'], message, ...(nearest === undefined ? {} : { nearest }) }
  }
  for (const [name, saying] of Object.entries(says)) {
    const at = [...path, 'says', name]
    const before = said.get(name)
    if (before !== undefined)
      yield { path: at, message: `${before} says "${name}" already; steps could not tell them apart.`, onKey: true }
    said.set(name, path.at(-1) ?? '')
    const isSaying = typeof saying === 'function' || (isJsonObject(saying) && typeof saying['status'] === 'number')
    if (!isSaying)
      yield {
        path: at,
        message: `${quoted(saying)} is no answer; write bare(204, 'why') or inJson(200, { … }, 'why').`,
      }
  }
}

const rules = ['instant', 'milliseconds', 'same type', 'text or null', 'anything', 'same shape']

function* varyingIssues(varies: unknown, path: readonly string[]): Iterable<Issue> {
  if (!isJsonObject(varies))
    return yield { path, message: `${quoted(varies)} is no map from members to rules; write { token: 'same type' }.` }
  for (const [member, rule] of Object.entries<unknown>(varies)) {
    if (rule instanceof RegExp || rules.includes(rule as string)) continue
    yield {
      path: [...path, member],
      message: `${quoted(rule)} is no pattern, and not one of ${rules.join(', ')}.`,
    }
  }
}
