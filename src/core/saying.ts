import type { HeaderList } from './http.ts'
import type { Json } from './json.ts'
import type { Reply } from './step.ts'

/** What is answered and why; the clause whose answer it is adds its id. */
export type Saying = Omit<Reply, 'clause'>

/** An answer without a body. */
export function bare(status: number, because: string): Saying {
  return { status, headers: [], body: undefined, because }
}

/** An answer with data. */
export function inJson(status: number, body: Json, because: string, type = 'application/json'): Saying {
  return { status, headers: ['content-type', type], body: JSON.stringify(body), because }
}

/** An answer with headers after its own. */
export function withFurtherHeaders<Answer extends Saying>(answer: Answer, ...more: readonly HeaderList[]): Answer {
  return { ...answer, headers: answer.headers.concat(...more) }
}
