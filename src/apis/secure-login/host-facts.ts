import type { Clause, FactSource } from '../../core/clause.ts'

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

/** What the host product does by itself (SL-Hn, and the open points that are its to decide): surroundings, not contract. */
export const hostFacts: readonly Clause[] = [
  {
    id: 'SL-U16',
    origin: 'host',
    text: 'A cookie of an unknown or ended session.',
    choice: '401 with a page of the host on all three endpoints; Basic credentials beside it work',
    setting: 'staleCookie',
    source: {
      where: 'developer.atlassian.com/server/framework/atlassian-sdk/rest-and-os-authtype',
      confidence: 'high',
    },
  },
  {
    id: 'SL-U20',
    origin: 'host',
    text: 'Failed logins in a row.',
    choice: 'no end of them; if there is, 403 with X-Authentication-Denied-Reason, the right password included',
    setting: 'captchaAfter',
    source: refusals,
  },
  {
    id: 'SL-H1',
    origin: 'host',
    text: 'Jira: POST /rest/auth/1/session with right credentials answers 200 and sets JSESSIONID.',
    source: sessionResource,
  },
  {
    id: 'SL-H2',
    origin: 'host',
    text: 'Jira: wrong credentials answer 401, whether there is such a user or not; they are no wrong PINs.',
    source: sessionResource,
  },
  {
    id: 'SL-H3',
    origin: 'host',
    text: 'Jira: GET /rest/auth/1/session answers 200 with the name, or 401.',
    source: sessionResource,
  },
  {
    id: 'SL-H4',
    origin: 'host',
    text: 'Jira: DELETE /rest/auth/1/session ends the session and answers 204.',
    source: sessionResource,
  },
  {
    id: 'SL-H5',
    origin: 'host',
    text: 'Authorization: Basic opens a session on any call; wrong credentials answer 401 with a page, wherever they are sent.',
    source: refusals,
  },
  {
    id: 'SL-H6',
    origin: 'host',
    text: 'Jira: a login that is not JSON with username and password answers 400 or 415.',
    source: { ...sessionResource, confidence: 'low' },
  },
  {
    id: 'SL-H7',
    origin: 'host',
    text: 'Jira: a login goes on in a session with a new id, so that nobody can have known it before.',
    source: {
      where: "Seraph's parameter invalidate.session.on.login; whether products ship it on was not found",
      confidence: 'low',
    },
  },
  {
    id: 'SL-H8',
    origin: 'host',
    text: 'Jira: GET /rest/api/2/serverInfo is for anybody, /myself for whoever is logged in.',
    source: { where: 'what clients of Jira ask for first, and expect', confidence: 'medium' },
  },
]
