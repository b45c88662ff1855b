import { asObject, isJsonObject, sameJson, type Json } from '../core/json.ts'

/** A record at three moments: before it was changed, as the change left it, and as it is. */
export interface RecordMoments {
  readonly before: Json | undefined
  readonly left: Json | undefined
  readonly now: Json | undefined
}

/** What nobody else has changed is taken back; where somebody has, there is no telling what would be right. */
export type PutBack = { readonly kind: 'record'; readonly record: Json | undefined } | { readonly kind: 'moved' }

/**
 * A record without what a change did to it. Members are taken back one by one, and so are faults: what others did to the
 * rest stays.
 */
export function withoutChange(key: string, { before, left, now }: RecordMoments): PutBack {
  const [was, after, is] = [partsOf(key, before), partsOf(key, left), partsOf(key, now)]
  const parts = new Map(is)
  const changed = [...new Set([...was.keys(), ...after.keys()])].filter(
    (name) => !sameJson(was.get(name), after.get(name)),
  )
  if (changed.length === 0) return { kind: 'record', record: now }
  for (const name of changed) {
    if (!isAsLeft(key, is.get(name), after.get(name))) return { kind: 'moved' }
    const old = was.get(name)
    if (old === undefined) parts.delete(name)
    else parts.set(name, old)
  }
  return { kind: 'record', record: recordOf(key, parts) }
}

const whole = ''

/** Lists of things that come and go one by one. */
function isList(key: string): boolean {
  return key === 'faults' || key === 'schedule'
}

function partsOf(key: string, record: Json | undefined): ReadonlyMap<string, Json> {
  if (record === undefined) return new Map()
  if (isList(key) && Array.isArray(record)) return new Map(record.map((item) => [String(asObject(item)['id']), item]))
  // The parts of a clock mean nothing without each other.
  if (key === 'clock' || !isJsonObject(record)) return new Map([[whole, record]])
  return new Map(Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function recordOf(key: string, parts: ReadonlyMap<string, Json>): Json | undefined {
  // What was taken off comes back to its place: ids are given in order.
  if (isList(key)) return [...parts.values()].toSorted((one, other) => orderOf(one) - orderOf(other))
  if (parts.size === 0) return undefined
  return parts.has(whole) ? parts.get(whole) : Object.fromEntries(parts)
}

function orderOf(item: Json): number {
  return Number(String(asObject(item)['id']).replace(/\D+/g, ''))
}

/** That requests were counted is nothing that somebody did to a fault. */
function isAsLeft(key: string, now: Json | undefined, left: Json | undefined): boolean {
  if (!isList(key) || now === undefined || left === undefined) return sameJson(now, left)
  return sameJson(uncounted(now), uncounted(left))
}

function uncounted(fault: Json): Json {
  const { seen: _seen, struck: _struck, ...rest } = asObject(fault)
  return rest
}
