import {
  inReplies,
  inSteps,
  json,
  member,
  mutantsOf,
  renamed,
  withoutHeader,
  withOperation,
} from '../../../core/bend.ts'
import type { Mutant } from '../../../core/mutant.ts'
import { problem } from '../../../core/problem.ts'
import { apiPath } from '../paths.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'

const mutant = mutantsOf<Settings>('secure-login')
/** The clauses that tell a state. */
const states = ['SL-06', 'SL-07', 'SL-U3', 'SL-U14']

/** What goes wrong with `/user`, and with paths that nobody knows. */
export const userMutants: readonly Mutant<Settings>[] = [
  mutant('SL-06', 'status', 'state is called status', inReplies(states, json(renamed('state', 'status')))),
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

  mutant(
    'SL-08',
    'ignores',
    '/user tells states although the plug-in is inactive',
    inSteps(['user'], (step, records, request, context) =>
      step(records, request, { ...context, settings: { ...context.settings, active: true } }),
    ),
  ),

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
      step: (_, __, { settings, now }) => ({
        reply: settings.active ? replies.active(now) : replies.inactive(now),
        changes: [],
      }),
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
