import { pairs } from '../../core/pairs.ts'
import type { Counts, Held, Loads, Logged } from '../shared-store.ts'
import type { Raw } from './connection.ts'
import { toLogged } from './follow.ts'

/** What is loaded, from what Redis replies. */
export const readers: { readonly [What in keyof Loads]: (raw: Raw) => Loads[What] } = {
  records: (raw) => {
    const [versions = [], records = [], grown = []] = (raw ?? []) as readonly (readonly string[])[]
    const texts = new Map(pairs(records))
    const held = new Map(pairs(versions).map(([key, version]) => [key, toHeld(Number(version), texts.get(key))]))
    // What has grown comes last, in the order of its birth.
    for (const key of grown) {
      const record = held.get(key)
      if (record === undefined || !held.delete(key)) continue
      held.set(key, record)
    }
    return held
  },
  requests: toLog,
  changes: toLog,
  counts: toCounts,
  shelf: (raw) => {
    const [names, evicted, snapshots] = (raw ?? [[], '0', []]) as readonly [
      readonly string[],
      string,
      readonly string[],
    ]
    return { names, evicted: Number(evicted), snapshots: new Map(inOrder(pairs(snapshots))) }
  },
  worlds: (raw) =>
    new Map(
      ((raw ?? []) as readonly (readonly [string, readonly string[], readonly string[], Raw])[]).map(
        ([name, versions, records, counts]) => {
          const texts = new Map(pairs(records))
          const held = pairs(versions).map(([key, version]) => [key, toHeld(Number(version), texts.get(key))] as const)
          return [name, { records: new Map(held), counts: toCounts(counts) }]
        },
      ),
    ),
}

function toLog(raw: Raw): Logged[] {
  return ((raw ?? []) as readonly (readonly [string, readonly string[]])[]).map(toLogged)
}

function toCounts(raw: Raw): Counts {
  const [total, kept, evicted] = (raw ?? [0, 0, 0]) as readonly [string, number, string]
  return { total: Number(total), kept, evicted: Number(evicted) }
}

/** Snapshots are kept with the number of the commit that saved them before them. */
function inOrder(snapshots: readonly (readonly [name: string, text: string])[]): [name: string, text: string][] {
  return snapshots
    .map(([name, text]) => ({ name, saved: Number.parseInt(text, 10), text: text.slice(text.indexOf(' ') + 1) }))
    .sort((one, other) => one.saved - other.saved)
    .map(({ name, text }) => [name, text])
}

/** A record as Redis holds it. */
export function toHeld(version: number, text: Raw | undefined): Held {
  return { version, text: typeof text === 'string' ? text : undefined }
}
