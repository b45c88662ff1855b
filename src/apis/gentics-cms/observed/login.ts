import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import type { Said } from '../replies.ts'
import type { Settings } from '../settings.ts'
import { groupsOf, users, type User } from '../state.ts'
import { readInteger } from '../token.ts'
import { hasTrait } from '../version.ts'
import { readBody } from './body.ts'
import { answer, failed, userJson, withSecret } from './replies.ts'
import { openByLogin } from './session.ts'

/** `POST /auth/login` (GC-O6 to GC-O9). */
export function handleLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const body = readBody(request, { login: 'text', password: 'text' }, context)
  if (body === 'absent') {
    return { reply: failed(500, { clause: 'GC-O25', because: 'there is no body' }, context), changes: [] }
  }
  if ('clause' in body) return { reply: body, changes: [] }
  const { login: username, password = '' } = body.members
  const user = users.get(records, username)
  const refusal = refusalOf(user, password, context.settings)
  if (user === undefined || refusal !== undefined) return told(refusal ?? notFound(noUser), context, user)

  const opensAnew = hasTrait(context.settings.version, 'opensAnew')
  const given = new URLSearchParams(request.query).get('sid') ?? ''
  const sid = opensAnew || given === '' ? 0 : readInteger(given)
  if (sid === undefined) {
    const because = 'the sid is no integer; no session was opened'
    return told(
      { code: 'FAILURE', words: `Unable to parse ${given} as integer`, clause: 'GC-O7', because },
      context,
      user,
    )
  }
  const { session, isNew, changes } = openByLogin(records, request, context, user, sid)
  const said: Said = {
    code: 'OK',
    words: 'Successfully performed login',
    clause: opensAnew ? 'GC-O6' : 'GC-O7',
    because: `${user.username} has logged in; session ${session.sid} ${isNew ? 'is new' : 'goes on'}`,
  }
  const reply = answer(said, context, { last: { user: userJson(user), sid: String(session.sid) } })
  return { reply: withSecret(reply, session.secret, context.settings), changes, user: user.username }
}

const noUser = 'there is no such user'

/** Why credentials open no session, in the order in which it is looked at. */
function refusalOf(user: User | undefined, password: string, settings: Settings): Said | undefined {
  if (user === undefined) return notFound(noUser)
  if (password === '') return notFound('there is no password')
  if (user.password !== password) return notFound('the password is wrong')
  if (groupsOf(user).length === 0) return notFound('the user is in no group')
  return maintenanceFor(user, settings)
}

/** What keeps a user out while there is maintenance (GC-O9). */
export function maintenanceFor(user: User, settings: Settings): Said | undefined {
  if (!settings.maintenance || user.seesMaintenance) return undefined
  return {
    code: 'MAINTENANCEMODE',
    words: 'The maintenance mode is currently enabled. Login was therefore disabled.',
    clause: 'GC-O9',
    because: 'there is maintenance, and the user may not see its setting',
  }
}

function notFound(because: string): Said {
  return { code: 'NOTFOUND', words: 'Did not find a user with given credentials', clause: 'GC-O8', because }
}

function told(said: Said, context: Context<Settings>, user: User | undefined): Outcome {
  const whose = user === undefined ? {} : { user: user.username }
  return { reply: answer(said, context), changes: [], ...whose }
}
