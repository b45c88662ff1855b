import {
  body,
  contentType,
  inReplies,
  inSteps,
  inUnknownPaths,
  json,
  member,
  mutantsOf,
  renamed,
  status,
  without,
  withoutHeader,
  withOperation,
} from '../../../core/bend.ts'
import { toIso } from '../../../core/instant.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts'
import type { Mutant } from '../../../core/mutant.ts'
import { problem } from '../../../core/problem.ts'
import type { Context } from '../../../core/step.ts'
import { apiPath } from '../contract.ts'
import * as replies from '../replies.ts'
import type { Settings } from '../settings.ts'

const mutant = mutantsOf<Settings>('secure-login')
/** The clauses that tell a state. */
const states = ['SL-06', 'SL-07', 'SL-U3', 'SL-U14']
const legacy = { revision: 'legacy' }

/** The end of a block spelt otherwise; `now` is when it is told. */
function until(spell: (at: number, context: Context<Settings>) => Json): Mutant<Settings>['bend'] {
  return inSteps(['user'], (step, records, request, context) => {
    const outcome = step(records, request, context)
    if (outcome.reply.clause !== 'SL-07' || outcome.user === undefined) return outcome
    const user = records.get(`user:${outcome.user}`)
    const at = isJsonObject(user) ? Number(user['blockedUntilAt']) : 0
    return { ...outcome, reply: json(member('blocked.until', () => spell(at, context)))(outcome.reply, context) }
  })
}

function upper(data: JsonObject): JsonObject {
  return member('state', (old) => String(old).toUpperCase())(data)
}

/** What goes wrong with `/user`, and with paths that nobody knows. */
export const userMutants: readonly Mutant<Settings>[] = [
  mutant('SL-06', 'upper-case', 'states are in upper case', inReplies(states, json(upper))),
  mutant('SL-06', 'status', 'state is called status', inReplies(states, json(renamed('state', 'status')))),
  mutant('SL-06', 'html', 'the state says text/html', inReplies(states, contentType('text/html'))),
  mutant(
    'SL-06',
    'bare',
    'the state is a bare text',
    inReplies(
      states,
      json((data) => data['state'] ?? null),
    ),
  ),
  mutant(
    'SL-06',
    'enrolment',
    'onboarding has another name',
    inReplies('SL-06', json(member('state', (old) => (old === 'onboarding' ? 'enrolment' : old)))),
  ),
  mutant(
    'SL-06',
    'none',
    'bypass is told as no state at all',
    inReplies(
      'SL-06',
      json((data) => (data['state'] === 'bypass' ? { state: null } : data)),
    ),
  ),

  mutant(
    'SL-07',
    'always',
    'there is a blocked member in every state, null where nobody is blocked',
    inReplies(
      ['SL-06', 'SL-U3', 'SL-U14'],
      json((data) => ({ ...data, blocked: null })),
    ),
  ),
  mutant('SL-07', 'reason', 'the reason has another word', reason('too_many_attempts')),
  mutant('SL-07', 'reason-case', 'the reason is in upper case', reason('BRUTE_FORCE')),
  mutant('SL-07', 'no-until', 'nobody is told until when', inReplies('SL-07', json(without('blocked.until')))),
  mutant('SL-07', 'no-block', 'nobody is told why or until when', inReplies('SL-07', json(without('blocked')))),
  mutant(
    'SL-07',
    'number',
    'until is a number of milliseconds',
    until((at) => at),
  ),
  mutant(
    'SL-07',
    'seconds-left',
    'until is how many seconds are left',
    until((at, { now }) => (at - now) / 1000),
  ),
  mutant(
    'SL-07',
    'local',
    'until is local time that claims to be GMT',
    until((at) => toIso(at + 7_200_000)),
  ),
  mutant('SL-07', 'offset', 'until is local time with its offset', until(withOffset)),
  mutant(
    'SL-07',
    'since',
    'until is when the block began',
    until((at, { settings }) => toIso(at - settings.blockFor)),
  ),
  mutant('SL-07', 'locked', '/user answers 423 while blocked', inReplies('SL-07', status(423))),

  mutant(
    'SL-08',
    'legacy',
    '/user answers 406 while inactive, as in the older revision',
    inReplies('SL-08', status(406)),
  ),
  mutant('SL-08', 'ok', '/user answers 200 while inactive', inReplies('SL-08', status(200))),
  mutant('SL-08', 'plain', 'the 410 of /user is not JSON', inReplies('SL-08', contentType('text/html'))),
  mutant(
    'SL-08',
    'ignores',
    '/user tells states although the plug-in is inactive',
    inSteps(['user'], (step, records, request, context) =>
      step(records, request, { ...context, settings: { ...context.settings, active: true } }),
    ),
  ),
  mutant(
    'SL-08',
    'current',
    '/user answers 410 while inactive, as in the newer revision',
    inReplies('SL-08', status(410)),
    legacy,
  ),

  mutant(
    'SL-06',
    'fifth',
    'after the PIN /user has a state that there is not',
    inReplies('SL-U3', json(member('state', () => 'authenticated'))),
  ),
  mutant(
    'SL-10',
    'enter',
    'after the PIN /user still says enter',
    inReplies('SL-U3', json(member('state', () => 'enter'))),
  ),
  mutant(
    'SL-U10',
    'page',
    'an unknown endpoint answers 200 with a page',
    inUnknownPaths((reply) => body('text/html', '<h1>Not found</h1>')(status(200)(reply))),
  ),
  mutant('SL-U10', 'hidden', 'an unknown endpoint answers 401', inUnknownPaths(status(401))),
  mutant(
    'SL-U10',
    'no-method',
    'a wrong method answers 404',
    withOperation({
      id: 'wrong-method',
      methods: [],
      paths: [`${apiPath}/user`, `${apiPath}/auth`, `${apiPath}/info`],
      summary: 'a wrong method',
      step: () => ({ reply: replies.unknownEndpoint('there is no such method here'), changes: [] }),
    }),
  ),
  mutant(
    'SL-U10',
    'no-allow',
    'a wrong method answers 405 without Allow',
    withOperation({
      id: 'wrong-method',
      methods: [],
      paths: [`${apiPath}/user`, `${apiPath}/auth`, `${apiPath}/info`],
      summary: 'a wrong method',
      step: (_, { method }) => ({
        reply: {
          ...problem(405, 'Method not allowed', `There is no ${method} here.`),
          clause: 'SL-U10',
          because: 'a wrong method',
        },
        changes: [],
      }),
    }),
  ),
  mutant(
    'SL-X6',
    'slash',
    'a slash after /info does not matter',
    withOperation({
      id: 'info-slash',
      methods: ['GET'],
      paths: [`${apiPath}/info/`],
      summary: 'the info',
      step: (_, __, { settings, now }) => ({ reply: replies.info(settings.active, now), changes: [] }),
    }),
  ),
  mutant(
    'SL-X6',
    'head',
    'HEAD is answered like a wrong method',
    inSteps(['info', 'user'], (step, records, request, context) => {
      if (request.method !== 'HEAD') return step(records, request, context)
      return {
        reply: withoutHeader(
          { status: 405, headers: ['allow', 'GET'], body: undefined, clause: 'SL-X6', because: 'HEAD' },
          'content-type',
        ),
        changes: [],
      }
    }),
  ),
]

function reason(word: string): Mutant<Settings>['bend'] {
  return inReplies('SL-07', json(member('blocked.reason', () => word)))
}

function withOffset(at: number): string {
  return toIso(at + 3_600_000).replace('Z', '+01:00')
}
