import { noBody, type HttpRequest } from '../core/http.ts'
import type { Fault } from '../core/fault.ts'
import type { Json } from '../core/json.ts'
import type { Change, Reply } from '../core/step.ts'
import type { Ask } from './answers.ts'
import type { Entry } from './entry.ts'
import { shownBytes } from './mask.ts'
import { Reads } from './reads.ts'
import { weighRecord } from './room.ts'

/**
 * A place of the journal, written over by each entry that comes to stand in it. An entry that was kept as it is would be
 * thirty small objects that outlive the request by a thousand others, and V8 would spend more on these than on playing:
 * here nothing is made for them, and a text that the entry before had too is kept once.
 */
export class Place {
  #id = ''
  #at = 0
  #method = ''
  #path = ''
  #query = ''
  readonly #headers: string[] = []
  #body: Uint8Array = noBody
  #peer = ''
  #origin: string | undefined
  #tooLarge: boolean | undefined
  #status = 0
  readonly #replyHeaders: string[] = []
  #replyBody: Reply['body']
  #clause = ''
  #because = ''
  #address = ''
  #api: string | undefined
  #operation: string | undefined
  #user: string | undefined
  readonly #keys: string[] = []
  readonly #records: (Json | undefined)[] = []
  #changes: readonly Change[] = []
  #fault: Fault | undefined
  #ask: Ask | undefined
  #weight = 0

  get id(): string {
    return this.#id
  }

  /** What callers can make long of the entry, in bytes. */
  get weight(): number {
    return this.#weight
  }

  /** Takes an entry in, but for the part of a long body that nobody is shown. `before` has the one that came before it. */
  keep(entry: Entry, before: Place): void {
    const { request, reply, changes } = entry
    this.#id = entry.id
    this.#at = entry.at
    this.#method = request.method
    this.#path = same(request.path, before.#path)
    this.#query = same(request.query, before.#query)
    this.#peer = same(request.address, before.#peer)
    this.#origin = same(request.origin, before.#origin)
    this.#tooLarge = request.tooLarge
    this.#keepBody(request.body)
    this.#status = reply.status
    this.#replyBody = same(reply.body, before.#replyBody)
    this.#clause = reply.clause
    this.#because = same(reply.because, before.#because)
    this.#address = same(entry.address, before.#address)
    this.#api = entry.api
    this.#operation = entry.operation
    this.#user = same(entry.user, before.#user)
    this.#keepReads(entry.reads, before)
    this.#changes = changes.length === 0 ? unchanged : changes
    this.#fault = entry.fault
    this.#ask = entry.ask
    this.#weight =
      keepTexts(request.headers, this.#headers, before.#headers) +
      request.path.length +
      request.query.length +
      this.#body.length +
      (reply.body?.length ?? 0)
    keepTexts(reply.headers, this.#replyHeaders, before.#replyHeaders)
    for (const { value } of changes) this.#weight += weighRecord(value)
  }

  /** The entry as it was. */
  entry(world: string): Entry {
    return {
      id: this.#id,
      world,
      at: this.#at,
      request: this.#request(),
      reply: {
        status: this.#status,
        headers: [...this.#replyHeaders],
        body: this.#replyBody,
        clause: this.#clause,
        because: this.#because,
      },
      address: this.#address,
      api: this.#api,
      operation: this.#operation,
      user: this.#user,
      reads: Reads.of(this.#keys.map((key, index) => [key, this.#records[index]])),
      changes: this.#changes,
      fault: this.#fault,
      ask: this.#ask as Ask,
    }
  }

  #request(): HttpRequest {
    return {
      method: this.#method,
      path: this.#path,
      query: this.#query,
      headers: [...this.#headers],
      body: this.#body.slice(),
      address: this.#peer,
      ...(this.#origin === undefined ? {} : { origin: this.#origin }),
      ...(this.#tooLarge === undefined ? {} : { tooLarge: this.#tooLarge }),
    }
  }

  /** Copied: what a host hands over may be part of what a socket read into. */
  #keepBody(body: Uint8Array): void {
    const length = Math.min(body.length, shownBytes)
    if (this.#body.length !== length) this.#body = length === 0 ? noBody : new Uint8Array(length)
    // By hand where it is short, as most are: `set` takes longer to begin than to copy.
    if (length > 64) this.#body.set(length === body.length ? body : body.subarray(0, length))
    else for (let index = 0; index < length; index++) this.#body[index] = body[index] as number
  }

  #keepReads(reads: Reads, before: Place): void {
    const [keys, records] = [this.#keys, this.#records]
    let count = 0
    for (let read = reads.first; read !== undefined; read = read.next) {
      const known = before.#keys[count]
      keys[count] = read.key === known ? known : read.key
      records[count] = read.record
      count++
    }
    // Asked first: to set a length costs more than to write over a list.
    if (keys.length !== count) keys.length = records.length = count
  }
}

const unchanged: readonly Change[] = []

/** A value; where another is equal, the other, so that the first need not live on. */
function same<Value>(value: Value, other: Value): Value {
  return value === other ? other : value
}

/** Writes texts over those of an earlier entry; gives back how long they are. */
function keepTexts(texts: readonly string[], own: string[], before: readonly string[]): number {
  let length = 0
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index] as string
    const known = before[index]
    // oxlint-disable-next-line no-param-reassign -- it is what this is for
    own[index] = text === known ? known : text
    length += text.length
  }
  // oxlint-disable-next-line no-param-reassign
  if (own.length !== texts.length) own.length = texts.length
  return length
}
