import { inChanges, inSteps, mutantsOf } from '../../../core/bend.ts'
import { bodyText, headerValue, type HttpRequest } from '../../../core/http.ts'
import type { Mutant } from '../../../core/mutant.ts'
import { totpCounter } from '../../../core/second-factor.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { factor, users } from '../state.ts'

const mutant = mutantsOf<Settings>('secure-login')
/** Every clause by which a wrong PIN is told so. */
const wrong = ['SL-11', 'SL-14']

/** `/auth`, as a step that sees another request. */
function asking(change: (request: HttpRequest) => HttpRequest): Mutant<Settings>['bend'] {
  return inSteps(['auth'], (step, records, request, context) => step(records, change(request), context))
}

/** `/auth`, with the PIN read otherwise. */
function reading(read: (text: string) => string): Mutant<Settings>['bend'] {
  return asking((request) => ({ ...request, body: new TextEncoder().encode(read(bodyText(request.body) ?? '')) }))
}

function withType(type: string): (request: HttpRequest) => HttpRequest {
  return (request) => ({ ...request, headers: ['content-type', type, ...request.headers] })
}

function typeOf(request: HttpRequest): string {
  return headerValue(request.headers, 'content-type') ?? ''
}

/** What goes wrong with one PIN. */
export const authMutants: readonly Mutant<Settings>[] = [
  mutant(
    'SL-U9',
    'trimmed',
    'spaces around the PIN do not matter',
    reading((text) => text.trim()),
  ),
  mutant(
    'SL-09',
    'number',
    'the PIN is read as a number, so zeros before it do not matter',
    reading((text) => (/^[0-9]+$/.test(text) ? String(Number(text)) : text)),
  ),
  mutant(
    'SL-09',
    'charset',
    'text/plain with a charset is refused',
    asking((request) => (typeOf(request).includes(';') ? withType('unknown')(request) : request)),
  ),
  mutant(
    'SL-10',
    'forgets',
    'the right PIN does not authenticate the session',
    inChanges('SL-10', ({ changes }) => changes.filter(({ key }) => !key.startsWith('session:'))),
  ),
  mutant(
    'SL-11',
    'unchecked',
    'every PIN is right',
    inSteps(['auth'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (!wrong.includes(outcome.reply.clause)) return outcome
      const user = users.get(records, outcome.user ?? '')
      const right =
        user?.totp === undefined
          ? (user?.pin ?? '')
          : String(context.answer({ kind: 'totp', secret: user.totp.secret, counter: totpCounter(context.now) }))
      return step(records, { ...request, body: new TextEncoder().encode(right) }, context)
    }),
  ),
  mutant(
    'SL-13',
    'ignores',
    '/auth checks PINs although the plug-in is inactive',
    inSteps(['auth'], (step, records, request, context) =>
      step(records, request, { ...context, settings: { ...context.settings, active: true } }),
    ),
  ),
  mutant(
    'SL-15',
    'completes',
    'a PIN completes the onboarding',
    inChanges('SL-12', ({ changes, user }, records) => {
      const stored = users.get(records, user ?? '')
      return stored === undefined ? changes : [...changes, users.put(stored.username, { ...stored, state: 'enter' })]
    }),
  ),
  mutant(
    'SL-U4',
    'checks',
    'a PIN that is not needed is checked all the same',
    inSteps(['auth'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const user = users.get(records, outcome.user ?? '')
      if (outcome.reply.clause !== 'SL-U4' || user === undefined) return outcome
      const sent = bodyText(request.body) ?? ''
      const verdict = factor.judge(user, sent, context)
      return verdict.isRight ? outcome : { ...outcome, reply: replies.wrongPin(1, context.settings.blockAfter) }
    }),
  ),
  mutant('SL-U8', 'any-type', 'the content type does not matter', asking(withType('text/plain'))),
  mutant(
    'SL-U12',
    'type-first',
    'the content type is looked at before the state of the user',
    inSteps(['auth'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const isEarly = !typeOf(request).startsWith('text/plain') && ['SL-12', 'SL-U2'].includes(outcome.reply.clause)
      return isEarly ? { ...outcome, reply: replies.notPlainText, changes: [] } : outcome
    }),
  ),
]
