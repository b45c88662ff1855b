import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records, Reply } from '../../../core/step.ts'
import { replies } from '../clauses.ts'
import { isKeptOut } from '../login.ts'
import type { Settings } from '../settings.ts'
import { groupsOf, users, type User } from '../state.ts'
import { readInteger } from '../token.ts'
import { hasTrait } from '../version.ts'
import { readBody } from './body.ts'
import { withSecret } from './forms.ts'
import { openByLogin } from './session.ts'

/** `POST /auth/login` (GC-O6 to GC-O9). */
export function handleLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings } = context
  const body = readBody(request, { login: 'text', password: 'text' }, context)
  if (body === 'absent') return { reply: replies.backendError('there is no body', context), changes: [] }
  if ('clause' in body) return { reply: body, changes: [] }
  const { login: username, password = '' } = body.members
  const user = users.get(records, username)
  if (user === undefined) return { reply: replies.didNotFind('there is no such user', context), changes: [] }
  const about = (reply: Reply): Outcome => ({ reply, changes: [], user: user.username })
  const wrong = whyWrong(user, password)
  if (wrong !== undefined) return about(replies.didNotFind(wrong, context))
  if (isKeptOut(user, settings)) return about(replies.loginDisabled(context))

  const opensAnew = hasTrait(settings.version, 'opensAnew')
  const given = new URLSearchParams(request.query).get('sid') ?? ''
  const sid = opensAnew || given === '' ? 0 : readInteger(given)
  if (sid === undefined) return about(replies.sidUnreadable(given, context))
  const opened = openByLogin(records, request, context, user, sid)
  const answer = opensAnew ? replies.performedLogin : replies.performedOlderLogin
  const reply = withSecret(answer(opened, user, context), opened.session.secret, settings)
  return { ...about(reply), changes: opened.changes }
}

/** Why credentials open no session, in the order in which it is looked at. */
function whyWrong(user: User, password: string): string | undefined {
  if (password === '') return 'there is no password'
  if (user.password !== password) return 'the password is wrong'
  return groupsOf(user).length === 0 ? 'the user is in no group' : undefined
}
