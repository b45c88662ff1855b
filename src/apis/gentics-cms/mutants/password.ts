import {
  inReplies,
  inSettings,
  inSteps,
  json,
  member,
  mutantsOf,
  renamed,
  status,
  withOperation,
} from '../../../core/bend.ts'
import { isJsonObject } from '../../../core/json.ts'
import type { Mutant } from '../../../core/mutant.ts'
import { replies } from '../clauses.ts'
import { authPath } from '../wire.ts'
import { refused } from '../forms.ts'
import type { Settings } from '../settings.ts'
import { code } from './code.ts'

const mutant = mutantsOf<Settings>('gentics-cms')
const anybody = ['0.0.0.0/0']

/** Every hash in an answer, otherwise. */
function hash(change: (old: string) => string): Mutant<Settings>['bend'] {
  return inReplies('GC-06', json(member('hash', (old) => change(String(old)))))
}

/** What goes wrong with passwords, and with paths that nobody knows. */
export const passwordMutants: readonly Mutant<Settings>[] = [
  mutant(
    'GC-06',
    'anonymous',
    'passwords are hashed for everybody',
    inSettings(() => ({ allowFrom: anybody }), ['hashpassword']),
  ),
  mutant('GC-06', 'password', 'hash is called password', inReplies('GC-06', json(renamed('hash', 'password')))),
  mutant(
    'GC-X12',
    'required',
    'without a userId nothing is hashed',
    inSteps(['hashpassword'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const data: unknown = outcome.reply.clause === 'GC-06' ? JSON.parse(new TextDecoder().decode(request.body)) : {}
      const isBare = outcome.reply.clause === 'GC-06' && isJsonObject(data) && data['userId'] === undefined
      return isBare
        ? { ...outcome, reply: { ...refused(400, 'GC-X12', 'userId is left out'), clause: 'GC-X12' } }
        : outcome
    }),
  ),
  mutant(
    'GC-21',
    'dearer',
    'hashes have cost 12',
    hash((old) => old.replace('$10$', '$12$')),
  ),
  mutant(
    'GC-21',
    'other-kind',
    'hashes begin with $2y$',
    hash((old) => old.replace('$2a$', '$2y$')),
  ),
  mutant(
    'GC-21',
    'sha',
    'hashes are none of bcrypt',
    hash(() => '5e884898da28047151d0e56f8dc62927'),
  ),
  mutant(
    'GC-07',
    'anonymous',
    'passwords are matched for everybody',
    inSettings(() => ({ allowFrom: anybody }), ['matchpassword']),
  ),
  mutant(
    'GC-07',
    'always',
    'every password has every hash',
    inSteps(['matchpassword'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      return outcome.reply.clause === 'GC-21' && outcome.user !== undefined
        ? { ...outcome, reply: code('OK')(outcome.reply, context) }
        : outcome
    }),
  ),
  mutant(
    'GC-21',
    'unlisted',
    'the list of addresses is not looked at',
    inSettings(() => ({ allowFrom: [] })),
  ),
  mutant('GC-U6', 'zero', 'a sid that is no integer is none', inReplies('GC-U6', status(201))),
  mutant(
    'GC-X1',
    'method',
    'a wrong method answers 404',
    withOperation({
      id: 'wrong-method',
      methods: [],
      paths: [`${authPath}/globalprefix`, `${authPath}/hashpassword`],
      summary: 'a wrong method',
      step: () => ({ reply: replies.unknownEndpoint('there is no such method here'), changes: [] }),
    }),
  ),
  mutant('GC-X2', 'suffix', 'there is no suffix .json', (api) => ({
    ...api,
    operations: api.operations.map((operation) => ({
      ...operation,
      paths: operation.paths.filter((path) => !path.endsWith('.json')),
    })),
  })),
  mutant(
    'GC-X14',
    'caller-first',
    'the caller is looked at before the body',
    inSteps(['hashpassword'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (outcome.reply.clause !== 'GC-U3' || outcome.reply.status !== 400) return outcome
      const asked = step(records, { ...request, body: new TextEncoder().encode('{"password":"x"}') }, context)
      return asked.reply.clause === 'GC-21' ? asked : outcome
    }),
  ),
]
