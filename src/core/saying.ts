import type { HeaderList } from './http.ts'
import type { Json } from './json.ts'
import type { Reply } from './step.ts'

/** What is answered and why; the clause whose answer it is adds its id. */
export type Saying = Omit<Reply, 'clause'>

/**
 * An answer without a body, and why it is given.
 *
 * @example
 * ```ts
 * import { bare } from 'auth-understudy/api'
 *
 * console.log(bare(423, 'the badge is locked').status) // 423
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export function bare(status: number, because: string): Saying {
  return { status, headers: [], body: undefined, because }
}

/**
 * An answer with data, and why it is given.
 *
 * @example
 * ```ts
 * import { inJson } from 'auth-understudy/api'
 *
 * console.log(inJson(403, { left: 2 }, '2 tries are left').body) // {"left":2}
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export function inJson(status: number, body: Json, because: string, type = 'application/json'): Saying {
  return { status, headers: ['content-type', type], body: JSON.stringify(body), because }
}

/**
 * An answer with headers after its own: names and values in turn.
 *
 * @example
 * ```ts
 * import { bare, withFurtherHeaders } from 'auth-understudy/api'
 *
 * const answer = withFurtherHeaders(bare(401, 'nobody is signed in'), ['www-authenticate', 'Bearer'])
 * console.log(answer.headers.join(': ')) // www-authenticate: Bearer
 * ```
 * @experimental may change with any minor version until 1.0
 * @since 0.1.0
 */
export function withFurtherHeaders<Answer extends Saying>(answer: Answer, ...more: readonly HeaderList[]): Answer {
  const headers = [...answer.headers]
  for (const list of more) for (const part of list) headers.push(part)
  // Member by member: every request comes by, and a spread costs more than everything around it.
  const { status, body, because, clause } = answer as Saying & Partial<Reply>
  const saying: Saying | Reply =
    clause === undefined ? { status, headers, body, because } : { status, headers, body, because, clause }
  return saying as Answer
}
