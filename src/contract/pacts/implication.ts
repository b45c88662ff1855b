import { isJsonObject, sameJson, type Json, type JsonObject } from '../../core/json.ts'
import { kindOf } from '../comparing/match-rule.ts'
import type { Fact } from './normal-interaction.ts'
import type { Rule } from '../comparing/rule-book.ts'

/** What an expectation is made of. */
export type Expected = Pick<Fact, 'value' | 'rule'>

/**
 * Whether every answer that keeps one expectation keeps the other, too. What is not known for sure is no: a matcher that is
 * unknown here implies itself and nothing else.
 */
export function implies(one: Expected, other: Expected): boolean {
  const [given, wanted] = [matchersOf(one.rule), matchersOf(other.rule)]
  if (sameJson(asJson(one.rule), asJson(other.rule))) {
    return wanted === undefined ? sameJson(one.value, other.value) : kindOf(one.value) === kindOf(other.value)
  }
  if (wanted === undefined || one.rule?.combine === 'OR' || other.rule?.combine === 'OR') return false
  return wanted.every((matcher) =>
    given === undefined
      ? accepts(matcher, one.value, other.value)
      : given.some((mine) => matcherImplies(mine, matcher, one.value, other.value)),
  )
}

/** None where a value has to be the same. */
function matchersOf(rule: Rule | undefined): readonly JsonObject[] | undefined {
  if (rule === undefined || rule.matchers.every(({ match }) => match === 'equality')) return undefined
  return rule.matchers
}

function asJson(rule: Rule | undefined): Json {
  const matchers = matchersOf(rule)
  return matchers === undefined ? null : { combine: rule?.combine ?? 'AND', matchers }
}

/** Whether a matcher with this example takes a value. */
function accepts(matcher: JsonObject, value: Json, example: Json): boolean {
  switch (matcher['match']) {
    case 'type':
      return kindOf(value) === kindOf(example) && (!Array.isArray(value) || isWithin(value.length, matcher))
    case 'regex':
      return fits(matcher['regex'], typeof value === 'string' ? value : JSON.stringify(value))
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'decimal':
      return typeof value === 'number' && !Number.isInteger(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'null':
      return value === null
    case 'include':
      return JSON.stringify(value).includes(String(matcher['value']))
    case 'statusCode':
      return typeof value === 'number' && isStatus(value, matcher['status'])
    case 'equality':
      return sameJson(value, example)
    default:
      return false
  }
}

function matcherImplies(mine: JsonObject, wanted: JsonObject, value: Json, example: Json): boolean {
  if (sameJson(mine, wanted)) return kindOf(value) === kindOf(example)
  const [is, wants] = [String(mine['match']), wanted['match']]
  if (wants === 'type') {
    if (kindOf(value) !== kindOf(example) || !typed.has(is)) return false
    const [min, max] = [Number(mine['min'] ?? 0), Number(mine['max'] ?? Infinity)]
    return !Array.isArray(value) || (min >= Number(wanted['min'] ?? 0) && max <= Number(wanted['max'] ?? Infinity))
  }
  return wants === 'number' && (is === 'integer' || is === 'decimal')
}

/** Matchers that only take values of their example's type. */
const typed = new Set(
  'boolean date datetime decimal include integer null number regex semver time timestamp type'.split(' '),
)

function isWithin(length: number, { min, max }: JsonObject): boolean {
  return length >= Number(min ?? 0) && length <= Number(max ?? Infinity)
}

/** Expressions are in the dialect of whoever wrote them: one that cannot be read here takes nothing for sure. */
function fits(regex: Json | undefined, text: string): boolean {
  try {
    return new RegExp(`^(?:${String(regex)})$`, 's').test(text)
  } catch {
    return false
  }
}

const classes: { readonly [name: string]: (status: number) => boolean } = {
  info: (status) => status < 200,
  success: (status) => status >= 200 && status < 300,
  redirect: (status) => status >= 300 && status < 400,
  clientError: (status) => status >= 400 && status < 500,
  serverError: (status) => status >= 500,
  nonError: (status) => status < 400,
  error: (status) => status >= 400,
}

function isStatus(status: number, wanted: Json | undefined): boolean {
  if (Array.isArray(wanted)) return wanted.includes(status)
  const named = isJsonObject(wanted) ? wanted['statusCodes'] : undefined
  if (Array.isArray(named)) return named.includes(status)
  return typeof wanted === 'string' && Object.hasOwn(classes, wanted) && classes[wanted]?.(status) === true
}
