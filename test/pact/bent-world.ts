import type { AnyApi } from '../../src/core/api.ts'
import type { Outcome, Reply } from '../../src/core/step.ts'
import * as registry from '../../src/apis/registry.ts'
import { createWorld, type World } from '../../src/index.ts'

/** A world in which an API gives other replies, in one operation or in all. */
export async function bentWorld(
  api: AnyApi,
  operation: string | undefined,
  bend: (reply: Reply) => Reply,
): Promise<World> {
  const operations: AnyApi['operations'] = api.operations.map((given) => {
    if (operation !== undefined && given.id !== operation) return given
    const step: typeof given.step = (records, request, context): Outcome => {
      const outcome = given.step(records, request, context)
      return { ...outcome, reply: bend(outcome.reply) }
    }
    return { ...given, step }
  })
  return createWorld('default', { apis: { ...registry, [nameOf(api)]: { ...api, operations } } })
}

/** Another text in the body. */
export function rewrite(from: string, to: string): (reply: Reply) => Reply {
  return (reply) => (typeof reply.body === 'string' ? { ...reply, body: reply.body.replace(from, to) } : reply)
}

function nameOf(api: AnyApi): string {
  return Object.entries(registry).find(([, candidate]) => candidate.id === api.id)?.[0] ?? api.id
}
