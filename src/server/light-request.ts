import { IncomingMessage } from 'node:http'
import { noBody } from '../core/http.ts'

/**
 * A request whose body is taken from Node's parser as it comes, past the stream that a request otherwise is: streams tell of
 * their end and their closing by three turns of the tick queue, and this costs more than to play what was asked, even where no
 * body follows. Whoever listens for `data` hears nothing; {@link collect} is told.
 */
export class LightRequest extends IncomingMessage {
  #first: Buffer | undefined
  #more: Buffer[] | undefined
  #size = 0
  #isWhole = false
  #limit = Number.POSITIVE_INFINITY
  #done: ((body: Uint8Array, tooLarge: boolean) => void) | undefined

  /** Calls back with the body, once it is there. What comes after the limit is thrown away, so that the answer still arrives. */
  collect(limit: number, done: (body: Uint8Array, tooLarge: boolean) => void): void {
    this.#limit = limit
    this.#done = done
    if (this.#isWhole) this.#finish()
  }

  /** Called by the parser: with each part of the body, and with null after the last, or after the head where no body follows. */
  override push(chunk: Buffer | null): boolean {
    if (chunk === null) {
      this.#isWhole = true
      this.#finish()
    } else {
      this.#size += chunk.length
      if (this.#size > this.#limit) this.#first = this.#more = undefined
      else if (this.#first === undefined) this.#first = chunk
      else (this.#more ??= []).push(chunk)
    }
    return true
  }

  #finish(): void {
    const done = this.#done
    if (done === undefined) return
    if (this.#size > this.#limit) done(noBody, true)
    else {
      const first = this.#first ?? noBody
      done(this.#more === undefined ? first : Buffer.concat([first, ...this.#more]), false)
    }
  }

  static {
    // Whether all of it was read, which the stream does not know. Declared as a property, so no getter may stand for it.
    Object.defineProperty(this.prototype, 'readableEnded', {
      get(this: LightRequest) {
        return this.#isWhole
      },
    })
  }

  /** Nothing is held back. */
  override resume(): this {
    return this
  }
}
