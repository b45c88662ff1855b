import { inReplies, inSettings, inSteps, json, member, mutantsOf, without } from '../../../core/bend.ts'
import { asObject, type Json, type JsonObject } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Settings } from '../settings.ts'

const mutant = mutantsOf<Settings>('gentics-cms')
/** Operations that answer JSON with messages and responseInfo. */
const told = ['login', 'loginwithrsa', 'validate', 'logout', 'hashpassword', 'matchpassword', 'globalprefix']

/** The JSON of some operations, told otherwise. */
function telling(operations: readonly string[], change: (data: JsonObject) => Json): Bend<Settings> {
  return inSteps(operations, (step, records, request, context) => {
    const outcome = step(records, request, context)
    const isJson = outcome.reply.status < 300
    return isJson ? { ...outcome, reply: json<Settings>(change)(outcome.reply, context) } : outcome
  })
}

/** Answers of one code with a status of their own. */
function statusOf(code: string, to: number): Bend<Settings> {
  return inSteps(told, (step, records, request, context) => {
    const outcome = step(records, request, context)
    const says = typeof outcome.reply.body === 'string' && outcome.reply.body.includes(`"responseCode":"${code}"`)
    return says ? { ...outcome, reply: { ...outcome.reply, status: to } } : outcome
  })
}

/** What goes wrong with the form of any answer. */
export const answerMutants: readonly Mutant<Settings>[] = [
  mutant(
    'GC-U4',
    'password',
    'users come with their passwords',
    inSettings(() => ({ exposePasswords: true })),
  ),

  mutant('GC-U5', 'no-messages', 'messages are left out where there are none', telling(told, withoutEmpty)),
  mutant('GC-U5', 'null', 'messages are null where there are none', telling(told, member('messages', orNull))),
  mutant(
    'GC-U5',
    'property',
    'property is null where there is none',
    telling(
      told,
      member('responseInfo', (info) => ({ ...asObject(info), property: null })),
    ),
  ),
  mutant('GC-13', 'invalid', 'INVALIDDATA comes with 400', statusOf('INVALIDDATA', 400)),
  mutant('GC-13', 'failure', 'FAILURE comes with 500', statusOf('FAILURE', 500)),

  mutant(
    'GC-22',
    'member',
    'the global prefix is a member of its own',
    inReplies(
      'GC-22',
      json(({ responseInfo, ...rest }) => ({ prefix: 'A547', ...rest, responseInfo: withWords(responseInfo) })),
    ),
  ),
]

function withoutEmpty(data: JsonObject): JsonObject {
  return orNull(data['messages'] ?? null) === null ? without('messages')(data) : data
}

function orNull(messages: Json): Json {
  return Array.isArray(messages) && messages.length === 0 ? null : messages
}

function withWords(info: Json | undefined): Json {
  return { ...asObject(info), responseMessage: 'Here is the global prefix.' }
}
