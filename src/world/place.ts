import { noBody, type HttpRequest } from '../core/http.ts'
import type { Fault } from '../core/fault.ts'
import type { Json } from '../core/json.ts'
import type { Change, Reply } from '../core/step.ts'
import type { Ask } from './answers.ts'
import type { Entry } from './entry.ts'
import { KeptTexts } from './kept-texts.ts'
import { shownBytes } from './mask.ts'
import { Reads } from './reads.ts'
import { weighRecord } from './room.ts'

/** What came last, wherever it was kept: the next request is likely to say much of it again. */
export class Latest {
  readonly words: (string | undefined)[] = []
  readonly headers: (string | undefined)[] = []
  readonly replyHeaders: (string | undefined)[] = []
  readonly keys: (string | undefined)[] = []
}

/**
 * A place of the journal, written over by each entry that comes to stand in it. An entry that was kept as it is would be
 * thirty small objects that outlive the request by a thousand others, and V8 would spend more on these than on playing:
 * here nothing is made for them, and a text that the entry before had too is kept once.
 */
export class Place {
  #at = 0
  readonly #words = new KeptTexts()
  readonly #headers = new KeptTexts()
  #body: Uint8Array = noBody
  #tooLarge: boolean | undefined
  #status = 0
  readonly #replyHeaders = new KeptTexts()
  #replyBytes: Uint8Array | undefined
  readonly #keys: string[] = []
  readonly #records: (Json | undefined)[] = []
  #changes: readonly Change[] = []
  #fault: Fault | undefined
  #ask: Ask | undefined
  #weight = 0

  get id(): string | undefined {
    return this.#words.at(0)
  }

  /** What callers can make long of the entry, in bytes. */
  get weight(): number {
    return this.#weight
  }

  /** Takes an entry in, but for the part of a long body that nobody is shown. */
  keep(entry: Entry, latest: Latest): void {
    const { request, reply, changes } = entry
    const isText = typeof reply.body === 'string'
    // As `entry` reads them.
    const words = [
      entry.id,
      request.method,
      request.path,
      request.query,
      request.address,
      request.origin,
      reply.clause,
      reply.because,
      isText ? (reply.body as string) : undefined,
      entry.address,
      entry.api,
      entry.operation,
      entry.user,
    ]
    this.#at = entry.at
    this.#words.keep(words, latest.words)
    this.#tooLarge = request.tooLarge
    this.#keepBody(request.body)
    this.#status = reply.status
    this.#replyBytes = isText ? undefined : (reply.body as Uint8Array | undefined)
    this.#keepReads(entry.reads, latest.keys)
    this.#changes = changes.length === 0 ? unchanged : changes
    this.#fault = entry.fault
    this.#ask = entry.ask
    this.#weight =
      this.#headers.keep(request.headers, latest.headers) +
      request.path.length +
      request.query.length +
      this.#body.length +
      (reply.body?.length ?? 0)
    this.#replyHeaders.keep(reply.headers, latest.replyHeaders)
    for (const { value } of changes) this.#weight += weighRecord(value)
  }

  /** The entry as it was. */
  entry(world: string): Entry {
    const [id, method, path, query, peer, origin, clause, because, text, address, api, operation, user] =
      this.#words.read()
    const request: HttpRequest = {
      method: method as string,
      path: path as string,
      query: query as string,
      headers: this.#headers.read() as string[],
      body: this.#body.slice(),
      address: peer as string,
      ...(origin === undefined ? {} : { origin }),
      ...(this.#tooLarge === undefined ? {} : { tooLarge: this.#tooLarge }),
    }
    const reply: Reply = {
      status: this.#status,
      headers: this.#replyHeaders.read() as string[],
      body: text ?? this.#replyBytes,
      clause: clause as string,
      because: because as string,
    }
    return {
      id: id as string,
      world,
      at: this.#at,
      request,
      reply,
      address: address as string,
      api,
      operation,
      user,
      reads: Reads.of(this.#keys.map((key, index) => [key, this.#records[index]])),
      changes: this.#changes,
      fault: this.#fault,
      ask: this.#ask as Ask,
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

  #keepReads(reads: Reads, latest: (string | undefined)[]): void {
    const [keys, records] = [this.#keys, this.#records]
    let count = 0
    for (let read = reads.first; read !== undefined; read = read.next) {
      keys[count] = read.key === latest[count] ? (latest[count] as string) : read.key
      // oxlint-disable-next-line no-param-reassign -- it is what this is for
      latest[count] = keys[count]
      records[count] = read.record
      count++
    }
    // Asked first: to set a length costs more than to write over a list.
    if (keys.length !== count) keys.length = records.length = count
  }
}

const unchanged: readonly Change[] = []
