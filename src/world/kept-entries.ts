import { noBody, type HttpRequest } from '../core/http.ts'
import type { Fault } from '../core/fault.ts'
import type { Json } from '../core/json.ts'
import type { Change, Reply } from '../core/step.ts'
import type { Ask } from './answers.ts'
import { Column } from './column.ts'
import type { Entry } from './entry.ts'
import { shownBytes } from './mask.ts'
import { Reads } from './reads.ts'
import { weighRecord } from './room.ts'
import { TextColumns } from './text-columns.ts'

interface Forgetful {
  forget(oldest: number): void
}

/** The entries of a journal by what they are made of, each known by its number. They come in order, and the oldest are forgotten. */
export class KeptEntries {
  readonly #limit: number
  // These are other with each entry: written one over the other, they lie side by side.
  readonly #ids: (string | number)[] = []
  readonly #times: number[] = []
  readonly #weights: number[] = []
  /** Those that follow: one that was not told to forget would hold on to what is forgotten. */
  readonly #parts: Forgetful[] = []
  readonly #method = this.#part(new Column<string>())
  readonly #path = this.#part(new Column<string>())
  readonly #query = this.#part(new Column<string>())
  readonly #headers = this.#part(new TextColumns())
  readonly #body = this.#part(new Column<Uint8Array>())
  readonly #peer = this.#part(new Column<string>())
  readonly #origin = this.#part(new Column<string>())
  readonly #tooLarge = this.#part(new Column<boolean>())
  readonly #status = this.#part(new Column<number>())
  readonly #replyHeaders = this.#part(new TextColumns())
  readonly #replyBody = this.#part(new Column<string | Uint8Array>())
  readonly #clause = this.#part(new Column<string>())
  readonly #because = this.#part(new Column<string>())
  readonly #address = this.#part(new Column<string>())
  readonly #api = this.#part(new Column<string>())
  readonly #operation = this.#part(new Column<string>())
  readonly #user = this.#part(new Column<string>())
  readonly #readCount = this.#part(new Column<number>())
  readonly #keys: Column<string>[] = []
  readonly #records: Column<Json>[] = []
  readonly #changes = this.#part(new Column<readonly Change[]>())
  readonly #fault = this.#part(new Column<Fault>())
  readonly #ask = this.#part(new Column<Ask>())

  /** At most `limit` at a time. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /**
   * Takes in the entry of a number, but for the part of a long body that nobody is shown. Gives back what callers can make long of
   * it, in bytes.
   */
  put(number: number, entry: Entry, oldest: number): number {
    const { request, reply, changes } = entry
    const place = number % this.#limit
    this.#ids[place] = shortId(entry.id)
    this.#times[place] = entry.at
    this.#method.put(number, request.method, oldest)
    this.#path.put(number, request.path, oldest)
    this.#query.put(number, request.query, oldest)
    const headersLength = this.#headers.put(number, request.headers, oldest)
    const body = this.#shownBody(request.body)
    this.#body.put(number, body, oldest)
    this.#peer.put(number, request.address, oldest)
    this.#origin.put(number, request.origin, oldest)
    this.#tooLarge.put(number, request.tooLarge, oldest)
    this.#status.put(number, reply.status, oldest)
    this.#replyHeaders.put(number, reply.headers, oldest)
    this.#replyBody.put(number, reply.body, oldest)
    this.#clause.put(number, reply.clause, oldest)
    this.#because.put(number, reply.because, oldest)
    this.#address.put(number, entry.address, oldest)
    this.#api.put(number, entry.api, oldest)
    this.#operation.put(number, entry.operation, oldest)
    this.#user.put(number, entry.user, oldest)
    this.#putReads(number, entry.reads, oldest)
    this.#changes.put(number, changes.length === 0 ? unchanged : changes, oldest)
    this.#fault.put(number, entry.fault, oldest)
    this.#ask.put(number, entry.ask, oldest)
    let weight = headersLength + request.path.length + request.query.length + body.length + (reply.body?.length ?? 0)
    for (const { value } of changes) weight += weighRecord(value)
    this.#weights[place] = weight
    return weight
  }

  /** What {@link put} gave back. */
  weight(number: number): number {
    return this.#weights[number % this.#limit] as number
  }

  id(number: number): string {
    const id = this.#ids[number % this.#limit] as string | number
    return typeof id === 'number' ? `r${id}` : id
  }

  /** The entry as it was. */
  entry(number: number, world: string): Entry {
    return {
      id: this.id(number),
      world,
      at: this.#times[number % this.#limit] as number,
      request: this.#request(number),
      reply: this.#reply(number),
      address: this.#address.at(number) as string,
      api: this.#api.at(number),
      operation: this.#operation.at(number),
      user: this.#user.at(number),
      reads: this.#reads(number),
      changes: this.#changes.at(number) ?? unchanged,
      fault: this.#fault.at(number),
      ask: this.#ask.at(number) as Ask,
    }
  }

  /** Forgets what no entry from this number on is made of. */
  forget(oldest: number): void {
    for (const part of this.#parts) part.forget(oldest)
  }

  #part<Part extends Forgetful>(part: Part): Part {
    this.#parts.push(part)
    return part
  }

  #request(number: number): HttpRequest {
    const origin = this.#origin.at(number)
    const tooLarge = this.#tooLarge.at(number)
    return {
      method: this.#method.at(number) as string,
      path: this.#path.at(number) as string,
      query: this.#query.at(number) as string,
      headers: this.#headers.at(number),
      body: (this.#body.at(number) as Uint8Array).slice(),
      address: this.#peer.at(number) as string,
      ...(origin === undefined ? {} : { origin }),
      ...(tooLarge === undefined ? {} : { tooLarge }),
    }
  }

  #reply(number: number): Reply {
    return {
      status: this.#status.at(number) as number,
      headers: this.#replyHeaders.at(number),
      body: this.#replyBody.at(number),
      clause: this.#clause.at(number) as string,
      because: this.#because.at(number) as string,
    }
  }

  #reads(number: number): Reads {
    const count = this.#readCount.at(number) ?? 0
    const keys = this.#keys.slice(0, count)
    return Reads.of(keys.map((key, index) => [key.at(number) as string, this.#records[index]?.at(number)]))
  }

  #putReads(number: number, reads: Reads, oldest: number): void {
    let count = 0
    for (let read = reads.first; read !== undefined; read = read.next) {
      const key = (this.#keys[count] ??= this.#part(new Column<string>()))
      const record = (this.#records[count] ??= this.#part(new Column<Json>()))
      key.put(number, read.key, oldest)
      record.put(number, read.record, oldest)
      count++
    }
    this.#readCount.put(number, count, oldest)
  }

  /**
   * Copied, unless it is as the latest was: what a host hands over may be part of what a socket read into. `slice` would not do, which
   * of Node's buffers is a view.
   */
  #shownBody(body: Uint8Array): Uint8Array {
    const length = Math.min(body.length, shownBytes)
    if (length === 0) return noBody
    const latest = this.#body.latest
    return latest?.length === length && isSame(latest, body) ? latest : new Uint8Array(body.subarray(0, length))
  }
}

const unchanged: readonly Change[] = []

/** Whether the first bytes are these. */
function isSame(bytes: Uint8Array, others: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) if (bytes[index] !== others[index]) return false
  return true
}

/** Ids as they are made, such as `r17`, by their number: a text for each would outlive its request. */
function shortId(id: string): string | number {
  if (id.length > 12 || !id.startsWith('r')) return id
  let number = 0
  for (let index = 1; index < id.length; index++) {
    const digit = id.charCodeAt(index) - 48
    // No number begins with a nought.
    if (digit < 0 || digit > 9 || number + digit === 0) return id
    number = number * 10 + digit
  }
  return id.length === 1 ? id : number
}
