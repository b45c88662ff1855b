import { body, inSteps, inSettings, mutantsOf } from '../../../core/bend.ts'
import { headerValue } from '../../../core/http.ts'
import type { Mutant } from '../../../core/mutant.ts'
import { secretCookie } from '../wire.ts'
import type { Settings } from '../settings.ts'
import { sessions } from '../state.ts'
import { readToken } from '../token.ts'

const mutant = mutantsOf<Settings>('gentics-cms')

/** What goes wrong with SSO. */
export const ssoMutants: readonly Mutant<Settings>[] = [
  mutant(
    'GC-02',
    'json',
    'SSO answers JSON',
    inSteps(['ssologin'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      return { ...outcome, reply: body('application/json', JSON.stringify({ sid: outcome.reply.body }))(outcome.reply) }
    }),
  ),
  mutant('GC-02', 'one-path', 'GET /auth/login is no SSO', (api) => ({
    ...api,
    operations: api.operations.map((operation) =>
      operation.id === 'ssologin'
        ? { ...operation, paths: operation.paths.filter((path) => path.includes('ssologin')) }
        : operation,
    ),
  })),
  mutant(
    'GC-24',
    'token',
    'SSO answers with the secret as well',
    inSteps(['ssologin'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const opened = outcome.changes.find(({ key }) => key.startsWith('session:'))?.value
      const session = opened ?? sessions.get(records, Number(outcome.reply.body))
      if (outcome.reply.clause !== 'GC-24' || session === undefined || outcome.reply.body === 'NOTFOUND') return outcome
      const { secret } = session as { readonly secret: string }
      return { ...outcome, reply: { ...outcome.reply, body: `${String(outcome.reply.body)}${secret}` } }
    }),
  ),
  mutant(
    'GC-24',
    'no-bearer',
    'SSO does not look at bearer tokens',
    inSettings(({ sso }) => ({ sso: { ...sso, tokens: {} } }), ['ssologin']),
  ),
  mutant(
    'GC-24',
    'any-bearer',
    'SSO believes every bearer token',
    inSteps(['ssologin'], (step, records, request, context) => {
      const token = /^bearer +(\S+)/i.exec(headerValue(request.headers, 'authorization') ?? '')?.[1]
      const [owner] = Object.values(context.settings.sso.tokens)
      if (token === undefined || owner === undefined) return step(records, request, context)
      const sso = { ...context.settings.sso, tokens: { [token]: owner } }
      return step(records, request, { ...context, settings: { ...context.settings, sso } })
    }),
  ),
  mutant(
    'GC-24',
    'no-header',
    "SSO does not look at the SSO system's header",
    inSettings(({ sso: { header: _header, ...sso } }) => ({ sso }), ['ssologin']),
  ),
  mutant(
    'GC-24',
    'sid-only',
    'SSO knows a session by its number alone',
    inSteps(['ssologin'], (step, records, request, context) => {
      const sid = readToken(new URLSearchParams(request.query).get('sid') ?? '')?.sid
      const session = sid === undefined ? undefined : sessions.get(records, sid)
      const known =
        session === undefined || session.secret === '' ? [] : ['cookie', `${secretCookie}=${session.secret}`]
      return step(records, { ...request, headers: [...known, ...request.headers] }, context)
    }),
  ),
]
