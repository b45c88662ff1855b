import { setTimeout as pause } from 'node:timers/promises'
import type { Logged } from '../shared-store.ts'
import type { RedisConnection } from './connection.ts'

type Entry = readonly [id: string, fields: readonly string[]]

/** How long one question waits for something to happen. */
const blockMs = 1000

/**
 * Reads the log of a world as it grows, on a connection of its own. What is logged while the connection is away is read
 * when it is back.
 */
export async function follow(
  connection: RedisConnection,
  { prefix, world, after }: { readonly prefix: string; readonly world: string; readonly after: number },
  each: (logged: Logged) => void,
  isOver: () => boolean,
): Promise<void> {
  let from = `${after}-0`
  let known: unknown
  while (!isOver()) {
    try {
      await connection.ready()
      const epoch = await connection.send(['HGET', prefix, 'epoch'])
      // Another store: its commits are counted from the first again.
      if (known !== undefined && epoch !== known) from = '0-0'
      known = epoch
      const home = `${prefix}:${String(epoch)}:world:${world}`
      const streams = ['STREAMS', `${home}:requests`, `${home}:changes`, from, from]
      const logged = readStreams(await connection.send(['XREAD', 'BLOCK', String(blockMs), ...streams]))
      if (isOver()) return
      for (const item of logged) each(item)
      const last = logged.at(-1)
      if (last !== undefined) from = `${last.commit}-0`
    } catch {
      await pause(100)
    }
  }
}

/** Both logs as one, in the order of the commits. */
function readStreams(reply: unknown): Logged[] {
  // By protocol 2 a list of pairs, by protocol 3 a map.
  const streams = Object.values((reply ?? {}) as Record<string, unknown>)
  const lists = streams.map((stream) =>
    typeof (stream as unknown[])[0] === 'string' ? (stream as unknown[])[1] : stream,
  )
  const entries = lists.flatMap((list) => list as readonly Entry[])
  return entries.map(toLogged).sort((one, other) => one.commit - other.commit)
}

export function toLogged([id, fields]: Entry): Logged {
  const at = (name: string): string => (fields.includes(name) ? (fields[fields.indexOf(name) + 1] ?? '') : '')
  return {
    commit: Number.parseInt(id, 10),
    request: Number(at('number')),
    after: Number(at('after')),
    text: at('text'),
  }
}
