import { isJsonObject, sameJson, type Json, type JsonObject } from '../../core/json.ts'
import { compareFact, type PactChange, type MessageKind } from './change.ts'
import { implies } from './implication.ts'
import type { Fact, NormalMessage } from './normal-interaction.ts'
import { tellPlace } from '../comparing/place.ts'

/** In what the body of a message differs from an earlier one, member by member. */
export function compareBodies(side: MessageKind, old: NormalMessage, now: NormalMessage): PactChange[] {
  const [one, other] = [old.body, now.body]
  const where = `${side} body`
  if (!('content' in one) || !('content' in other) || one.kind !== other.kind)
    return compareFact(side, where, wholeOf(side, old), wholeOf(side, now))
  // Where a header says the type, that is what is compared.
  const isTold = old.facts.has('header content-type') || now.facts.has('header content-type')
  const types = isTold ? [] : compareFact(side, `${where} type`, { value: one.type }, { value: other.type })
  return [...types, ...compareValues({ side, old, now }, [], one.content, other.content)]
}

/** Of an answer it means something that there is to be no body; a request without one sends none. */
function wholeOf(side: MessageKind, { body, rules }: NormalMessage): Fact | undefined {
  if ('content' in body) {
    const rule = rules.at('body', [])
    return { value: body.content, ...(rule === undefined ? {} : { rule }) }
  }
  return side === 'response' && body.kind === 'empty' ? { value: '' } : undefined
}

interface Bodies {
  readonly side: MessageKind
  readonly old: NormalMessage
  readonly now: NormalMessage
}

function compareValues(bodies: Bodies, path: readonly string[], old: Json, now: Json): PactChange[] {
  const { side } = bodies
  const where = `${side} ${tellPlace(path)}`
  const [before, after] = [factAt(bodies.old, path, old), factAt(bodies.now, path, now)]
  const isWhole = isOpaque(before) || isOpaque(after)
  if (isWhole && sameJson(old, now) && sameJson(ruleOf(before), ruleOf(after))) return []
  if (isWhole) return [{ kind: side === 'response' && implies(before, after) ? 'eased' : 'asked', where, old: before, new: after }]
  if (Array.isArray(old) && Array.isArray(now)) return compareLists(bodies, path, before, after)
  if (isJsonObject(old) && isJsonObject(now)) return compareMembers(bodies, path, old, now)
  return compareFact(side, where, before, after)
}

function compareMembers(bodies: Bodies, path: readonly string[], old: JsonObject, now: JsonObject): PactChange[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name) => {
    const [isOld, isNew] = [Object.hasOwn(old, name), Object.hasOwn(now, name)]
    const [before = null, after = null] = [old[name], now[name]]
    const below = [...path, name]
    if (isOld && isNew) return compareValues(bodies, below, before, after)
    const where = `${bodies.side} ${tellPlace(below)}`
    return isNew
      ? compareFact(bodies.side, where, undefined, factAt(bodies.now, below, after))
      : compareFact(bodies.side, where, factAt(bodies.old, below, before), undefined)
  })
}

/** Of a list by type the first item is the example of all; of any other, each item is meant. */
function compareLists(bodies: Bodies, path: readonly string[], before: Fact, after: Fact): PactChange[] {
  const where = `${bodies.side} ${tellPlace(path)}`
  const [old, now] = [before.value, after.value] as (readonly Json[])[]
  if (old === undefined || now === undefined) return []
  const [wasLike, isLike] = [before.rule !== undefined, after.rule !== undefined]
  const isLong = !wasLike && !isLike && old.length !== now.length
  const isOther = (wasLike || isLike) && !(implies(before, after) && implies(after, before))
  const own = isLong || isOther ? [change(bodies.side, where, before, after)] : []
  const items = now.flatMap((item, index) => {
    const example = index < old.length || !wasLike ? old[index] : old[0]
    return example === undefined ? [] : compareValues(bodies, [...path, String(index)], example, item)
  })
  // That a list is of a type eases its items as well.
  return own[0]?.kind === 'eased' ? [...own, ...items.filter(({ kind }) => kind !== 'eased')] : [...own, ...items]
}

function change(side: MessageKind, where: string, old: Fact, now: Fact): PactChange {
  const eased = side === 'response' && implies(old, now)
  const noted = side === 'request' && sameJson(old.value, now.value)
  return { kind: eased ? 'eased' : noted ? 'noted' : 'asked', where, old, new: now }
}

function factAt({ rules, generators }: NormalMessage, path: readonly string[], value: Json): Fact {
  const rule = rules.at('body', path)
  const generator = generators.get(['body', ...path].join('.'))
  return { value, ...(rule === undefined ? {} : { rule }), ...(generator === undefined ? {} : { generator }) }
}

/** Whether a value is only compared as a whole: what its rule means is not a matter of its members. */
function isOpaque({ value, rule }: Fact): boolean {
  if (rule === undefined || (!Array.isArray(value) && !isJsonObject(value))) return false
  return rule.matchers.some(({ match }) => match !== 'type')
}

function ruleOf({ rule }: Fact): Json {
  return rule === undefined ? null : { combine: rule.combine, matchers: rule.matchers }
}

