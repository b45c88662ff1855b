import type { HeaderList, HttpRequest } from '../../core/http.ts'
import { toIso } from '../../core/instant.ts'
import type { Json } from '../../core/json.ts'
import type { Reply } from '../../core/step.ts'
import type { Settings } from './settings.ts'
import type { User } from './state.ts'

// What Jira and Confluence answer by themselves, in the smallest form that is true: surroundings, not contract.

/** Where the host product runs; only the path of it where nobody knows what was asked. */
export function baseUrl({ origin = '' }: HttpRequest, { contextPath }: Settings): string {
  return origin + contextPath
}

const html: HeaderList = ['content-type', 'text/html;charset=UTF-8']
const json: HeaderList = ['content-type', 'application/json;charset=UTF-8']

function page(status: number, title: string, message: string): Pick<Reply, 'status' | 'headers' | 'body'> {
  const body = `<html><head><title>${title} (${status})</title></head><body><p>${message}</p></body></html>`
  return { status, headers: html, body }
}

/** One of the host's resources, with data. */
export function data(status: number, body: Json, clause: string, because: string): Reply {
  return { status, headers: json, body: JSON.stringify(body), clause, because }
}

/** A refusal as the host's resources tell it. */
export function refusal(status: number, clause: string, because: string, message: string): Reply {
  return data(status, { errorMessages: [message], errors: {} }, clause, because)
}

/** A cookie of a session that has ended (SL-02), or never was (SL-U16). */
export function staleCookie(isKnown: boolean): Reply {
  return {
    ...page(401, 'Unauthorized', "os_authType was 'any' and an invalid cookie was sent."),
    clause: isKnown ? 'SL-02' : 'SL-U16',
    because: isKnown ? 'the session has expired or was ended; a new login is needed' : 'there is no such session',
  }
}

/** Wrong Basic credentials (SL-H5). */
export function basicRejected(request: HttpRequest, settings: Settings, because: string): Reply {
  const told = page(401, 'Unauthorized', 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED')
  return {
    ...told,
    headers: [...told.headers, ...refusedLogin, ...challenge(request, settings)],
    clause: 'SL-H5',
    because: `the Basic credentials are wrong: ${because}`,
  }
}

/** Basic credentials while a CAPTCHA is due (SL-U20): Jira forbids them, Confluence tells no difference in status. */
export function captchaDue(request: HttpRequest, settings: Settings, because: string): Reply {
  const status = settings.product === 'confluence' ? 401 : 403
  const told = page(status, 'Forbidden', 'Basic Authentication Failure - Reason : AUTHENTICATION_DENIED')
  const headers = [...told.headers, ...refusedLogin, ...captcha(request, settings), ...challenge(request, settings)]
  return { ...told, headers, clause: 'SL-U20', because }
}

/** A login while a CAPTCHA is due (SL-U20). */
export function loginDenied(request: HttpRequest, settings: Settings, because: string): Reply {
  const told = refusal(403, 'SL-U20', because, 'Login denied')
  return { ...told, headers: [...told.headers, ...refusedLogin, ...captcha(request, settings)] }
}

const refusedLogin: HeaderList = ['x-seraph-loginreason', 'AUTHENTICATED_FAILED']

/** Told of a login that was right. */
export const acceptedLogin: HeaderList = ['x-seraph-loginreason', 'OK']

function captcha(request: HttpRequest, settings: Settings): HeaderList {
  return ['x-authentication-denied-reason', `CAPTCHA_CHALLENGE; login-url=${baseUrl(request, settings)}/login.jsp`]
}

function challenge(request: HttpRequest, settings: Settings): HeaderList {
  return ['www-authenticate', `OAuth realm="${encodeURIComponent(baseUrl(request, settings))}"`]
}

/** A wrong password at the session resource (SL-H2). */
export function loginFailed(because: string): Reply {
  const told = refusal(401, 'SL-H2', because, 'Login failed')
  return { ...told, headers: [...told.headers, ...refusedLogin] }
}

/** Somebody whom the host does not know asks for what takes a login. */
export function notAuthenticated(clause: string, because: string): Reply {
  const message = 'You are not authenticated. Authentication required to perform this operation.'
  return refusal(401, clause, because, message)
}

/** What the host tells of a user's logins. Whoever never failed, or is here for the first time, has fewer members. */
export function loginInfo({ logins }: User): { readonly [member: string]: Json } {
  const { count, failed, lastFailedAt, previousAt } = logins
  return {
    ...(failed === 0 ? {} : { failedLoginCount: failed }),
    ...(count === 0 ? {} : { loginCount: count }),
    ...(lastFailedAt === null ? {} : { lastFailedLoginTime: hostTime(lastFailedAt) }),
    ...(previousAt === null ? {} : { previousLoginTime: hostTime(previousAt) }),
  }
}

/** Jira's spelling of an instant. */
export function hostTime(instant: number): string {
  return toIso(instant).replace('Z', '.000+0000')
}
