import type { FieldMap } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { World } from '../world/world.ts'
import type { ScenarioData } from '../scenario/scenario.ts'
import type { SourceReader } from '../scenario/source.ts'
import type { Setup } from '../world/setup.ts'

/** What a control call may use. */
export interface ControlCall {
  readonly world: World
  readonly params: { readonly [name: string]: string }
  /** Query parameters, checked. */
  readonly query: JsonObject
  /** The JSON body, checked. */
  readonly body: JsonObject
  /** Reads the text of a file; at once if left out. */
  readonly readSource?: SourceReader | undefined
  /** Loads a shipped scenario or an object; files are not reachable from here. */
  readonly load: (scenario: string | ScenarioData) => Promise<Setup>
}

/** What a control call gives back: JSON, or a stream of server-sent events. */
export type ControlResult = Json | undefined | EventStream

/** Server-sent events, for as long as somebody listens. */
export interface EventStream {
  readonly events: (send: (event: string, data: Json) => void) => () => void
}

/** One route of the control API; as data, so that OpenAPI and help are generated from it. */
export interface ControlRoute {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** Below `/__understudy`. */
  readonly path: string
  readonly summary: string
  /** Members of the JSON body. Without it a body is ignored. */
  readonly body?: FieldMap | undefined
  /** The body may be any of several objects, and is checked further in. */
  readonly anyBody?: true
  readonly query?: FieldMap
  /** Body and query are passed on as they came, and checked further in; `body` and `query` only describe them. */
  readonly unchecked?: true
  /** Answered without the admin token. */
  readonly open?: true
  readonly handle: (call: ControlCall) => ControlResult | Promise<ControlResult>
}
