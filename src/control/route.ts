import type { AnyApi } from '../core/api.ts'
import type { AnyField, Field, FieldMap } from '../core/field.ts'
import type { Infer, Written } from '../core/infer.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { SourceReader } from '../scenario/source.ts'
import type { Setup } from '../world/setup.ts'
import type { Passes } from './passes.ts'
import type { World } from '../world/world.ts'

type Method = 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'

/** What a control call may use. */
export interface ControlCall<Params = Texts, Query = JsonObject, Body = JsonObject> {
  readonly world: World
  readonly params: Params
  /** Query parameters, checked. */
  readonly query: Query
  /** The JSON body, checked. */
  readonly body: Body
  /** Reads the text of a file; at once if left out. */
  readonly readSource?: SourceReader | undefined
  /** Lets others in; left out where nobody else comes. */
  readonly passes?: Passes | undefined
  /** Loads a shipped scenario or an object; files are not reachable from here. */
  readonly load: (scenario: string | JsonObject) => Promise<Setup>
}

interface Texts {
  readonly [name: string]: string
}

/** What a control call gives back: JSON, or a stream of server-sent events. */
export type ControlResult = Json | EventStream

/** Server-sent events, for as long as somebody listens. */
export interface EventStream {
  readonly events: (send: (event: string, data: Json) => void) => () => void
}

/** One route of the control API; as data, so that OpenAPI and help are generated from it. */
export interface ControlRoute {
  /** Method and path: `GET /clock`. */
  readonly name: string
  readonly method: Method
  /** Below `/__understudy`. */
  readonly path: string
  readonly summary: string
  /** The placeholders of the path. */
  readonly params: FieldMap
  readonly query?: FieldMap | undefined
  /** Members of the JSON body, or how each API describes them. Without it a body is ignored. */
  readonly body?: FieldMap | ((api: AnyApi) => FieldMap) | undefined
  /** Body and query are passed on as they came, and checked further in; `body` and `query` only describe them. */
  readonly unchecked?: true
  /** Answered without the admin token. */
  readonly open?: true | undefined
  /** What it answers with status 200; left out by a stream of events. */
  readonly answer?: AnyField
  handle(call: ControlCall): ControlResult | Promise<ControlResult>
}

/** A route, and for the compiler what it is asked with and what it answers. */
export interface TypedRoute<Name extends string, Sent, Answer> extends ControlRoute {
  readonly name: Name
  /** Never there. */
  readonly tells?: { readonly asked: Sent; readonly answer: Answer }
}

type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never
type ParamFields<Name extends string> = { readonly [Param in ParamName<Name>]: Field<string> }
type PathParams<Name extends string> = { readonly [Param in ParamName<Name>]: string }

type Nothing = { readonly [Name in never]: AnyField }

// What is all optional may be left out, and what there is none of cannot be given.
type Part<Member extends string, Value> = keyof Value extends never
  ? { readonly [Name in Member]?: never }
  : Partial<Value> extends Value
    ? { readonly [Name in Member]?: Value }
    : { readonly [Name in Member]: Value }

/** The path is the name's, and so are the names of its placeholders. */
type About<Name extends string> = { readonly summary: string; readonly open?: true } & Part<'params', ParamFields<Name>>

/** A query is text: what is wrong with it is the server's to say. What is undefined is left out of it. */
type AsText<Query> = { readonly [Name in keyof Query]: Query[Name] | string | undefined }

type Asked<Name extends string, Query, Body> = Part<'params', PathParams<Name>> &
  Part<'query', AsText<Query>> &
  Part<'body', Body>

type Answered<Answer> = Answer | Promise<Answer>

/** A route whose query and body are checked by their fields before it is asked to handle them. */
export function route<
  Name extends `${Method} /${string}`,
  Answer extends Json,
  Query extends FieldMap = Nothing,
  Body extends FieldMap = Nothing,
>(
  name: Name,
  told: About<Name> & {
    readonly query?: Query
    readonly body?: Body
    readonly answer: Field<Answer>
    readonly handle: (call: ControlCall<PathParams<Name>, Infer<Query>, Infer<Body>>) => Answered<Answer>
  },
): TypedRoute<Name, Asked<Name, Written<Query>, Written<Body>>, Answer> {
  return made(name, told)
}

type ByApi = (api: AnyApi) => FieldMap
type WrittenBody<Body> = Body extends ByApi ? JsonObject : Written<Body>

/** A route that is given query and body as they came, because who checks them stands further in. */
export function uncheckedRoute<
  Name extends `${Method} /${string}`,
  Answer extends Json,
  Query extends FieldMap = Nothing,
  Body extends FieldMap | ByApi = Nothing,
>(
  name: Name,
  told: About<Name> & {
    readonly query?: Query
    readonly body?: Body
    readonly answer: Field<Answer>
    readonly handle: (call: ControlCall<PathParams<Name>>) => Answered<Answer>
  },
): TypedRoute<Name, Asked<Name, Written<Query>, WrittenBody<Body>>, Answer> {
  return made(name, { ...told, unchecked: true })
}

/** A route that answers with events, for as long as somebody listens. */
export function eventRoute<Name extends `${Method} /${string}`>(
  name: Name,
  told: About<Name> & { readonly handle: (call: ControlCall<PathParams<Name>>) => EventStream },
): TypedRoute<Name, Asked<Name, Nothing, Nothing>, EventStream> {
  return made(name, told)
}

/** Where the types of a route end: what it handles was read by its own fields. */
function made<Name extends string>(name: Name, told: object): TypedRoute<Name, never, never> {
  const [method, path] = name.split(' ')
  return { name, method, path, params: {}, ...told } as TypedRoute<Name, never, never>
}
