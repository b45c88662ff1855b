import type { Field } from './field.ts'
import type { HttpReply, HttpRequest } from './http.ts'

/** An error as a fault writes it, whatever the API: each has a form for as much of it as its own errors say. */
export type ApiError = {
  readonly code?: string
  readonly message?: string
  /** Of what it is: a member of the request. */
  readonly property?: string
  /** When it was, in milliseconds since 1970. */
  readonly timestamp?: number
}

/** How the answers of an operation word an error. */
export interface ErrorForm<Settings> {
  /** What of an {@link ApiError} such an answer says, and what each may be. */
  readonly fields: { readonly [Name in keyof ApiError]?: Field<Exclude<ApiError[Name], undefined>> }
  /** The answer. What the error leaves out is as in any other of the API's. */
  reply(error: ApiError, scene: ErrorScene<Settings>): HttpReply
}

/** What the wording of an error depends on beside the error. */
export interface ErrorScene<Settings> {
  readonly settings: Settings
  /** The mocked server's time. */
  readonly now: number
  readonly request: HttpRequest
}
