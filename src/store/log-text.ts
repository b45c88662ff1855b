import type { HttpReply } from '../core/http.ts'
import type { Json } from '../core/json.ts'
import { Needs, type Question } from '../core/step.ts'
import type { WorldEvent } from '../world/events.ts'
import type { Logged } from './shared-store.ts'
import type { Entry } from '../world/entry.ts'
import type { Note } from '../world/journal.ts'
import { shownBytes } from '../world/mask.ts'
import { Reads } from '../world/reads.ts'
import type { Changes } from '../world/changes.ts'

/** Something that was changed from outside, as it is told. */
export type LoggedNote = Omit<Note, 'after'>

/** One commit, as the log of a world keeps it. */
export interface LogItem {
  /** The records that were written; null for those that were deleted. */
  readonly writes: Changes
  /** All records went first: the scenario was started. */
  readonly wiped: boolean
  readonly notes: readonly LoggedNote[]
  /** Without what can be told from the rest. */
  readonly entry: Entry | undefined
}

type ItemText = Pick<LogItem, 'writes'> & Partial<Pick<LogItem, 'wiped' | 'notes'>> & { readonly entry?: EntryText }

type EntryText = Omit<Entry, 'id' | 'world' | 'changes' | 'reads' | 'request' | 'reply' | 'ask'> & {
  readonly request: Omit<Entry['request'], 'body'> & { readonly body: string }
  readonly reply: Omit<Entry['reply'], 'body'> & { readonly body?: string | undefined; readonly bytes?: string }
  readonly reads: readonly (readonly [key: string, value: Json])[]
}

/** A commit as text. */
export function toLogText({ writes, wiped, notes, entry }: LogItem): string {
  return JSON.stringify({
    writes,
    ...(wiped ? { wiped } : {}),
    ...(notes.length === 0 ? {} : { notes }),
    ...(entry === undefined ? {} : { entry: toEntryText(entry) }),
  })
}

/** A commit of a world, from its text. */
export function fromLogText(world: string, { text, request }: Pick<Logged, 'text' | 'request'>): LogItem {
  const { writes, wiped = false, notes = [], entry } = JSON.parse(text) as ItemText
  return {
    writes,
    wiped,
    notes,
    entry: entry === undefined ? undefined : fromEntryText(entry, world, `r${request}`, writes),
  }
}

/** What a commit tells those who listen. */
export function eventsOf(world: string, logged: Logged): WorldEvent[] {
  const { entry, notes } = fromLogText(world, logged)
  const changes = notes.map(({ at, what }): WorldEvent => ({ kind: 'change', world, at, what }))
  return entry === undefined ? changes : [...changes, { kind: 'request', entry }]
}

function toEntryText(entry: Entry): EntryText {
  const { id: _id, world: _world, changes: _changes, ask: _ask, request, reply, reads, ...rest } = entry
  const { body, ...head } = reply
  return {
    ...rest,
    request: { ...request, body: toBinary(request.body.subarray(0, shownBytes)) },
    reply: { ...head, ...toBodyText(body) },
    reads: [...reads].map(([key, value]) => [key, value ?? null] as const),
  }
}

function toBodyText(body: HttpReply['body']): { body?: string; bytes?: string } {
  if (body === undefined) return {}
  return typeof body === 'string' ? { body } : { bytes: toBinary(body) }
}

function fromEntryText(text: EntryText, world: string, id: string, writes: Changes): Entry {
  const { request, reply, reads, ...rest } = text
  const { body, bytes, ...head } = reply
  const prefix = `${rest.api}/`
  return {
    ...rest,
    id,
    world,
    api: rest.api,
    operation: rest.operation,
    user: rest.user,
    fault: rest.fault,
    request: { ...request, body: fromBinary(request.body) },
    reply: { ...head, body: bytes === undefined ? body : fromBinary(bytes) },
    reads: Reads.of(reads.map(([key, value]) => [key, value ?? undefined] as const)),
    changes: Object.entries(writes)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => ({ key: key.slice(prefix.length), value: value ?? undefined })),
    ask: forgotten,
  }
}

/** What a step asked is not kept. */
function forgotten(question: Question): never {
  throw new Needs(question)
}

/** One character a byte. */
function toBinary(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function fromBinary(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
