import { UnderstudyError } from '../core/errors.ts'
import type { Operation } from '../core/route.ts'
import type { Reply } from '../core/step.ts'
import type { PartSettings } from './own-settings.ts'
import type { Model } from './model.ts'
import { isReply, StepTurn } from './step-turn.ts'

/** The operations of a definition, as worlds play them. */
export function ownOperations(model: Model, say: object): readonly Operation<PartSettings>[] {
  const { id, operations } = model.definition
  return Object.entries(operations).map(([name, { at, about, step }]) => {
    const [method = '', path = ''] = at.split(' ')
    const decide = step as (asked: object) => Reply
    return {
      id: name,
      // Whoever may GET may ask for the headers alone.
      methods: method === 'GET' ? ['GET', 'HEAD'] : [method],
      paths: [path],
      summary: about,
      step: (records, request, context) => {
        const turn = new StepTurn(model, records, request, context)
        const reply: unknown = decide(turn.asked(say))
        if (isReply(reply)) return turn.outcome(reply)
        const words = Object.keys(say).map((word) => `say.${word}`)
        throw new UnderstudyError('ERR_INTERNAL', `The step ${id}.${name} has no answer: return ${words.join(' or ')}.`)
      },
    }
  })
}
