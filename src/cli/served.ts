import type { JsonObject } from '../core/json.ts'
import type { ApiMutant } from '../scenario/mutants.ts'
import type { Listener } from '../server/node.ts'
import type { Playable } from '../world/world-source.ts'

/** A world being served. */
export interface Served {
  readonly main: Playable
  readonly server: Listener
  /** Base URL of each API, up to and with its context path. */
  readonly apis: readonly { readonly id: string; readonly title: string; readonly url: string }[]
  /** What is laid over the scenario that it was started with. */
  readonly overrides: JsonObject
  /** What it gets wrong on purpose. */
  readonly mutants: readonly ApiMutant[]
  /** The server behind, to which what no API takes is passed on. */
  readonly fallback: string | undefined
  /** How many handlers of one's own are asked first. */
  readonly handlers: number
  /** Others on the network can reach it. */
  readonly isPublic: boolean
  /** The admin token, where nobody knows it yet. */
  readonly newToken: string | undefined
  /** Rejects with the reason should it come to be served no more; left out where it cannot. */
  readonly gaveUp?: Promise<never>
  /** Finishes what was begun, and writes what is to be kept. */
  close(): Promise<void>
}
