import { clauseTable } from '../../core/clause-entry.ts'
import type { FactSource } from '../../core/clause.ts'
import type { HttpRequest } from '../../core/http.ts'
import { bare, withFurtherHeaders, type Saying } from '../../core/saying.ts'
import { aboutOthers, way } from '../../core/tracing.ts'
import {
  acceptedLogin,
  captcha,
  challenge,
  data,
  hostTime,
  invalidCookie,
  loginInfo,
  notAuthenticated,
  ownUser,
  page,
  refusal,
  refusedLogin,
} from './host-forms.ts'
import { sessionCookie } from './host-headers.ts'
import type { Settings } from './settings.ts'
import type { User } from './state.ts'
import { shell } from './shell.ts'

const sessionResource: FactSource = {
  where: "answers of Jira's session resource that its users published; package com.atlassian.jira.rest.auth",
  versions: 'Jira 6 to 11',
  confidence: 'high',
}
const refusals: FactSource = {
  where: "answers of Jira's and Confluence's that their users published",
  versions: 'Jira 8.20, Confluence with Tomcat 9',
  confidence: 'high',
}
const basicFailure = 'Basic Authentication Failure - Reason :'
const malformed = (status: number, message: string): Saying => refusal(status, message, message)

/** What the host product does by itself (SL-Hn, and the open points that are its to decide): surroundings, not contract. */
export const hostClauses = clauseTable<Settings>()('host', {
  'SL-U16': {
    text: 'A cookie of an unknown or ended session.',
    choice: '401 with a page of the host on all three endpoints; Basic credentials beside it work',
    settings: ['staleCookie'],
    source: {
      where: 'developer.atlassian.com/server/framework/atlassian-sdk/rest-and-os-authtype',
      confidence: 'high',
    },
    says: { unknownCookie: invalidCookie('there is no such session') },
    met: way(`curl -b ${sessionCookie}=0123456789ABCDEF0123456789ABCDEF ${shell.api}/user`),
    decides: [{ of: ['SL-02'] }],
    statusOnly: true,
  },
  'SL-U20': {
    text: 'Failed logins in a row.',
    choice: 'no end of them; if there is, 403 with X-Authentication-Denied-Reason, the right password included',
    settings: ['captchaAfter'],
    source: refusals,
    says: {
      // Jira forbids Basic credentials then; Confluence tells no difference in status.
      captchaDue: (request: HttpRequest, settings: Settings, because: string) => {
        const status = settings.product === 'confluence' ? 401 : 403
        const told = page(status, 'Forbidden', `${basicFailure} AUTHENTICATION_DENIED`, because)
        return withFurtherHeaders(told, refusedLogin, captcha(request, settings), challenge(request, settings))
      },
      loginDenied: (request: HttpRequest, settings: Settings, because: string) =>
        withFurtherHeaders(refusal(403, 'Login denied', because), refusedLogin, captcha(request, settings)),
    },
    met: way(shell.set('captchaAfter=1'), shell.wrongPassword, shell.alice),
  },
  'SL-H1': {
    text: 'Jira: POST /rest/auth/1/session with right credentials answers 200 and sets JSESSIONID.',
    source: sessionResource,
    says: {
      loggedIn: (user: User, sessionId: string) => {
        const body = { session: { name: sessionCookie, value: sessionId }, loginInfo: loginInfo(user) }
        return withFurtherHeaders(data(200, body, `${user.username} has signed in`), acceptedLogin)
      },
    },
    met: way(shell.alice),
    varies: { 'session.value': 'same type', loginInfo: 'anything' },
  },
  'SL-H2': {
    text: 'Jira: wrong credentials answer 401, whether there is such a user or not; they are no wrong PINs.',
    source: sessionResource,
    says: { loginFailed: (because: string) => withFurtherHeaders(refusal(401, 'Login failed', because), refusedLogin) },
    met: way(shell.wrongPassword),
    varies: { 'errorMessages.*': 'same type' },
  },
  'SL-H3': {
    text: 'Jira: GET /rest/auth/1/session answers 200 with the name, or 401.',
    source: sessionResource,
    says: {
      sessionOf: (user: User, base: string) => {
        const { username } = user
        const self = `${base}/rest/api/latest/user?username=${encodeURIComponent(username)}`
        const body = { self, name: username, loginInfo: loginInfo(user) }
        return data(200, body, `the session is ${username}'s`)
      },
      nobodysSession: notAuthenticated,
    },
    met: way(shell.alice, `curl -b jar ${shell.session}`),
    varies: { self: 'same type' },
    statusOnly: true,
  },
  'SL-H4': {
    text: 'Jira: DELETE /rest/auth/1/session ends the session and answers 204.',
    source: sessionResource,
    says: { loggedOut: bare(204, 'the session has ended') },
    met: way(shell.alice, `curl -b jar -X DELETE ${shell.session}`),
  },
  'SL-H5': {
    text: 'Authorization: Basic opens a session on any call; wrong credentials answer 401 with a page, wherever they are sent.',
    source: refusals,
    says: {
      basicRejected: (request: HttpRequest, settings: Settings, because: string) => {
        const why = `the Basic credentials are wrong: ${because}`
        const told = page(401, 'Unauthorized', `${basicFailure} AUTHENTICATED_FAILED`, why)
        return withFurtherHeaders(told, refusedLogin, challenge(request, settings))
      },
    },
    met: way(`curl -u alice:wrong ${shell.api}/user`),
    statusOnly: true,
  },
  'SL-H6': {
    text: 'Jira: a login that is not JSON with username and password answers 400 or 415.',
    source: { ...sessionResource, confidence: 'low' },
    says: {
      loginNotJson: malformed(415, 'a login is application/json'),
      loginMalformed: malformed(400, 'a login is a JSON object with the texts username and password'),
    },
    met: way(`curl -H 'content-type: application/json' -d '[]' ${shell.session}`),
    statusOnly: true,
  },
  'SL-H7': {
    text: 'Jira: a login goes on in a session with a new id, so that nobody can have known it before.',
    source: {
      where: "Seraph's parameter invalidate.session.on.login; whether products ship it on was not found",
      confidence: 'low',
    },
    met: aboutOthers,
    decides: [{ where: /^body\.session\.value$/, how: ['value'] }],
  },
  'SL-H8': {
    text: 'Jira: GET /rest/api/2/serverInfo is for anybody, /myself for whoever is logged in.',
    source: { where: 'what clients of Jira ask for first, and expect', confidence: 'medium' },
    says: {
      serverInfo: (base: string, now: number) => {
        const version = {
          version: '9.12.4',
          versionNumbers: [9, 12, 4],
          deploymentType: 'Server',
          buildNumber: 9_120_004,
        }
        const build = { buildDate: '2024-02-15T00:00:00.000+0000', serverTime: hostTime(now), scmInfo: '0'.repeat(40) }
        const body = { baseUrl: base, ...version, ...build, serverTitle: 'auth-understudy' }
        return data(200, body, 'serverInfo is for anybody')
      },
      myself: (user: User, base: string) => data(200, ownUser(user, base), `the session is ${user.username}'s`),
      nobody: notAuthenticated,
    },
    met: way(`curl ${shell.product}/serverInfo`),
    statusOnly: true,
  },
})
