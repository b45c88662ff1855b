import type { HeaderList, HttpRequest } from '../../core/http.ts'
import { toIso } from '../../core/instant.ts'
import type { Json } from '../../core/json.ts'
import { inJson, type Saying } from '../../core/saying.ts'
import type { Settings } from './settings.ts'
import type { User } from './state.ts'

// The forms in which Jira and Confluence answer by themselves, the smallest that are true: surroundings, not contract.

/** Where the host product runs; only the path of it where nobody knows what was asked. */
export function baseUrl({ origin = '' }: HttpRequest, { contextPath }: Settings): string {
  return origin + contextPath
}

/** A page of the host. */
export function page(status: number, title: string, message: string, because: string): Saying {
  const body = `<html><head><title>${title} (${status})</title></head><body><p>${message}</p></body></html>`
  return { status, headers: ['content-type', 'text/html;charset=UTF-8'], body, because }
}

/** A cookie of a session that has ended, or never was. */
export function invalidCookie(because: string): Saying {
  return page(401, 'Unauthorized', "os_authType was 'any' and an invalid cookie was sent.", because)
}

/** One of the host's resources, with data. */
export function data(status: number, body: Json, because: string): Saying {
  return inJson(status, body, because, 'application/json;charset=UTF-8')
}

/** A refusal as the host's resources tell it. */
export function refusal(status: number, message: string, because: string): Saying {
  return data(status, { errorMessages: [message], errors: {} }, because)
}

/** Somebody whom the host does not know asks for what takes a login. */
export function notAuthenticated(because: string): Saying {
  return refusal(401, 'You are not authenticated. Authentication required to perform this operation.', because)
}

/** Saying of a login that was wrong, and of one that was right. */
export const refusedLogin: HeaderList = ['x-seraph-loginreason', 'AUTHENTICATED_FAILED']
export const acceptedLogin: HeaderList = ['x-seraph-loginreason', 'OK']

/** Saying while a CAPTCHA is due. */
export function captcha(request: HttpRequest, settings: Settings): HeaderList {
  return ['x-authentication-denied-reason', `CAPTCHA_CHALLENGE; login-url=${baseUrl(request, settings)}/login.jsp`]
}

/** How one may sign in, as it is told to wrong Basic credentials. */
export function challenge(request: HttpRequest, settings: Settings): HeaderList {
  return ['www-authenticate', `OAuth realm="${encodeURIComponent(baseUrl(request, settings))}"`]
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

/** What Jira tells users of themselves. */
export function ownUser(
  { username, displayName, emailAddress }: User,
  base: string,
): { readonly [member: string]: Json } {
  const avatar = (size: string): string => `${base}/secure/useravatar?size=${size}&avatarId=10122`
  return {
    self: `${base}/rest/api/2/user?username=${encodeURIComponent(username)}`,
    key: username,
    name: username,
    emailAddress,
    avatarUrls: { '48x48': avatar('large'), '24x24': avatar('small'), '16x16': avatar('xsmall') },
    displayName,
    active: true,
    deleted: false,
    timeZone: 'GMT',
    locale: 'en_US',
    groups: { size: 1, items: [] },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  }
}

/** Jira's spelling of an instant. */
export function hostTime(instant: number): string {
  return toIso(instant).replace('Z', '.000+0000')
}
