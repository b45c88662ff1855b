import { journeysOf, type ArrangeStep, type SendStep } from '../../core/journey.ts'
import { authPath, mePath, secretCookie } from './wire.ts'

// The words of the journeys. `browser` and `other` are two browsers, each with the cookies it was given.
export const jsonHeaders = { 'content-type': 'application/json' }
export const wrongSecret = 'understudyWrong'
export const unknownSid = '2147483646'

export function get(path: string, more: Partial<SendStep> = {}): SendStep {
  return { do: 'send', method: 'GET', path, ...more }
}

export function post(path: string, body: string | undefined, more: Partial<SendStep> = {}): SendStep {
  const content = body === undefined ? {} : { headers: jsonHeaders, body }
  return { do: 'send', method: 'POST', path, ...content, ...more }
}

export const credentials = '{"login":"{username}","password":"{password}"}'
export const wrongPassword = '{"login":"{username}","password":"{password}x"}'

export const unknownLogin = '{"login":"nobody of the understudy","password":"{password}"}'

/** Names the words of a refusal, so that a later one can be held against them. */
export const refusalWords = { refusal: 'body.responseInfo.responseMessage' }

/** A login in a browser; what it gives is {sid} and {secret} from then on. */
export function login(browser: string, more: Partial<SendStep> = {}): SendStep {
  const capture = { sid: 'body.sid', secret: `cookie.${secretCookie}`, userId: 'body.user.id' }
  return post(`${authPath}/login?sid=0`, credentials, { in: browser, capture, ...more })
}

/** A further login, whose session is {otherSid}, and its secret {otherSecret}. */
export function loginAgain(browser: string, more: Partial<SendStep> = {}): SendStep {
  return login(browser, { capture: { otherSid: 'body.sid', otherSecret: `cookie.${secretCookie}` }, ...more })
}

/** A request that tells the secret as the cookie of no browser. */
export function cookie(secret: string): { readonly [name: string]: string } {
  return { cookie: `${secretCookie}=${secret}` }
}

export const validate = (token: string, more: Partial<SendStep> = {}): SendStep =>
  get(`${authPath}/validate/${token}`, more)
export const alive: SendStep = validate('{sid}{secret}')
export const otherAlive: SendStep = validate('{otherSid}{otherSecret}')
export const me = (browser: string, sid: string, more: Partial<SendStep> = {}): SendStep =>
  get(`${mePath}?sid=${sid}`, { in: browser, ...more })
export const logout = (browser: string, sid: string, more: Partial<SendStep> = {}): SendStep =>
  post(`${authPath}/logout/${sid}`, undefined, { in: browser, ...more })
export const logoutOfAll = (browser: string, sid: string): SendStep =>
  post(`${authPath}/logout/${sid}?allSessions=true`, undefined, { in: browser, shows: 'GC-20' })
export const sso = (path: string, more: Partial<SendStep> = {}): SendStep => get(`${authPath}/${path}`, more)
export const hash = (sid: string, body: string, more: Partial<SendStep> = {}): SendStep =>
  post(`${authPath}/hashpassword?sid=${sid}`, body, more)
export const match = (sid: string, body: string, more: Partial<SendStep> = {}): SendStep =>
  post(`${authPath}/matchpassword?sid=${sid}`, body, more)
export const arrange = (state: string, params: ArrangeStep['params'] = {}): ArrangeStep => ({
  do: 'arrange',
  state,
  params,
})

/** A journey that is the same whichever server is played. */
export const anywhere: ReturnType<typeof journeysOf> = journeysOf('gentics-cms')

/** A journey through the server that the page documents. */
export const journey: typeof anywhere = (id, title, cast, steps, needs = {}) =>
  anywhere(id, title, cast, steps, { dialect: 'documented', ...needs })

/** A journey through the open-source server. */
export const observed: typeof anywhere = (id, title, cast, steps, needs = {}) =>
  anywhere(`observed-${id}`, title, cast, steps, { dialect: 'observed', ...needs })

export const nora = { nora: 'user' }
