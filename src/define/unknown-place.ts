import { problem } from '../core/problem.ts'
import type { Reply } from '../core/step.ts'
import type { AnyDefinition } from './any-definition.ts'

/** What is answered to a request that no operation takes. */
export interface UnknownPlace {
  /** The clause that such an answer plays. */
  readonly id: string
  readonly clauses: object
  readonly reply: (path: string) => Reply
}

/** The clause that every definition has without saying so, by an id like those that it says. */
export function unknownPlace({ id: api, clauses }: Pick<AnyDefinition, 'id' | 'clauses'>): UnknownPlace {
  const id = `${/^[^-]+(?=-)/.exec(Object.keys(clauses)[0] ?? '')?.[0] ?? api}-U0`
  const clause = { origin: 'assumed', text: 'An unknown path, or a wrong method.', choice: '404; 405 with Allow' }
  return {
    id,
    clauses: { [id]: clause },
    reply: (path) => ({
      ...problem(404, 'No such endpoint', `There is no ${path}.`, { clause: id }),
      clause: id,
      because: 'there is no such endpoint',
    }),
  }
}
