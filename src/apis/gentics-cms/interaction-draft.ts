import { headerValue, mediaType } from '../../core/http.ts'
import type { Interaction, Text } from '../../core/interaction.ts'
import type { Json } from '../../core/json.ts'
import type { TracedExchange } from '../../core/tracing.ts'
import { sidOf } from './cast.ts'
import type { Facts } from './facts.ts'
import type { Settings } from './settings.ts'

/** What an interaction consists of, apart from method, answer and surroundings. */
export interface InteractionDraft {
  readonly what: string
  readonly states: Interaction['states']
  readonly path?: Text
  readonly query?: Interaction['request']['query']
  readonly headers?: Interaction['request']['headers']
  readonly body?: Json
}

/** The sid of a query, if it had one. */
export function sidQuery(facts: Facts): Interaction['request']['query'] {
  return facts.named === undefined ? {} : { sid: sidOf(facts) }
}

/** The content type, as it was sent. */
export function sentContentType({ request }: TracedExchange<Settings>): Interaction['request']['headers'] {
  const type = headerValue(request.headers, 'content-type')
  return type === undefined ? {} : { 'Content-Type': type }
}

/** A body that is refused before it is understood. */
export function refusedBody(
  exchange: TracedExchange<Settings>,
  what: string,
): Omit<InteractionDraft, 'states'> | undefined {
  const { reply, request } = exchange
  const headers = sentContentType(exchange)
  if (reply.status === 415) {
    const type = mediaType(headerValue(request.headers, 'content-type')) || 'nothing in particular'
    return { what: `${what} as ${type}`, headers, ...(request.body.length === 0 ? {} : { body: 'login=node' }) }
  }
  return reply.clause === 'GC-U3' ? { what: `${what} that is malformed`, headers, body: [] } : undefined
}
