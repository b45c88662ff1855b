import type { RedisPlace } from './place.ts'
import { isCluster, storeError } from './trouble.ts'

/** What there is to know of a Redis before it is used. */
export interface Habits {
  /** What it does that a store should not, as a sentence. */
  readonly warning: string | undefined
}

/** Reads what the command INFO tells. Throws ERR_STORE_REFUSED for a cluster. */
export function readHabits(info: string, place: RedisPlace): Habits {
  const { shown } = place
  const told = new Map(info.split(/\r?\n/).map((line) => toPair(line)))
  if (told.get('cluster_enabled') === '1') throw storeError(place, isCluster)
  const policy = told.get('maxmemory_policy')
  const remedy = 'What is lost is noticed, and begins anew; CONFIG SET maxmemory-policy noeviction keeps it.'
  if (policy === undefined) {
    const warning = `The store ${shown} does not tell whether it throws keys away when its memory is full. ${remedy}`
    return { warning }
  }
  if (policy === 'noeviction' || told.get('maxmemory') === '0') return { warning: undefined }
  const memory = told.get('maxmemory_human') ?? 'its maxmemory'
  return {
    warning: `The store ${shown} throws keys away when ${memory} are full (maxmemory-policy ${policy}). ${remedy}`,
  }
}

function toPair(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1)]
}
