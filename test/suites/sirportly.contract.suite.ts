import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import {
  adam,
  answerTo,
  ask,
  encode,
  faye,
  inQuery,
  multipart,
  outcome,
  outcomeOf,
  password,
  path,
  rightCode,
} from './sirportly.visitor.ts'

/** Hosts whose fetch refuses to send a body with GET. */
export const withoutBodies = {
  createFetch: 'fetch sends no body with GET',
  'MSW setupServer': 'fetch sends no body with GET',
  'MSW setupWorker': 'fetch sends no body with GET',
  'MSW 3 getResponse': 'a Request for GET has no body',
}

const everywhere = {
  username: 'adam',
  first_name: 'Adam',
  last_name: 'Anywhere',
  email_address: 'adam@help.example',
  time_zone: 'London',
}

/** Adam as the page prints a user: all members, in its order. */
const adamAtAtech = {
  id: 6,
  ...everywhere,
  created_at: '2012-01-12T22:09:01+00:00',
  'activated?': true,
  invite_code: null,
  permissions: { admin: true, reporting: true, tickets: true, api: true },
  account: {
    name: 'aTech Media',
    permalink: 'atech',
    domain: 'atech.sirportly.example',
    domain_with_protocol: 'https://atech.sirportly.example',
    enabled: true,
  },
  api_token: { token: 'token-6', secret: 'secret-6' },
}
const adamAtFibreband = {
  id: 36,
  ...everywhere,
  time_zone: 'Europe/Vienna',
  created_at: '2012-02-01T16:07:56+00:00',
  'activated?': false,
  invite_code: 'join-us',
  permissions: { admin: false, reporting: false, tickets: true, api: true },
  account: {
    name: 'Fibreband Ltd',
    permalink: 'fibreband',
    domain: 'fibreband.sirportly.example',
    domain_with_protocol: 'https://fibreband.sirportly.example',
    enabled: true,
  },
  api_token: { token: 'token-36', secret: 'secret-36' },
}

const person = { username: 'adam', password, apiAccess: true, firstName: 'Adam', lastName: 'Anywhere' }

const twoAdams = {
  sirportly: {
    users: [
      {
        ...person,
        account: 'fibreband',
        id: 36,
        emailAddress: 'adam@help.example',
        timeZone: 'Europe/Vienna',
        createdAt: '2012-02-01T17:07:56+01:00',
        activated: false,
        inviteCode: 'join-us',
        permissions: { admin: false, reporting: false },
        apiToken: { token: 'token-36', secret: 'secret-36' },
      },
      {
        ...person,
        account: 'atech',
        id: 6,
        emailAddress: 'adam@help.example',
        createdAt: '2012-01-12T22:09:01Z',
        permissions: { admin: true },
        apiToken: { token: 'token-6', secret: 'secret-6' },
      },
    ],
  },
}

/** What the vendor's pages say, clause by clause. */
export const contractBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SP-01', 'SP-06', 'SP-07', 'SP-U1'],
    title: 'with account the answer is the one user, byte for byte',
    scenario: twoAdams,
    play: async (scene) => {
      const answer = await ask(scene, adam)
      expect(answer.status).toBe(200)
      expect(answer.headers).toContainEqual(['content-type', 'application/json'])
      expect(answer.body).toBe(JSON.stringify({ status: 'Authenticated', user: adamAtAtech }))
    },
  },
  {
    clauses: ['SP-05', 'SP-07', 'SP-X12'],
    title: 'without account the answer is every user of the name, by id, byte for byte',
    scenario: twoAdams,
    play: async (scene) => {
      const expected = JSON.stringify({ status: 'Authenticated', users: [adamAtAtech, adamAtFibreband] })
      expect(await answerTo(scene, { username: 'adam', password })).toEqual([200, expected])
      expect(await answerTo(scene, { username: 'adam', password })).toEqual([200, expected])
    },
  },
  {
    clauses: ['SP-05'],
    title: 'without account only users with the password and with API access are told',
    scenario: { extends: 'sirportly-accounts' },
    play: async (scene) => {
      expect(await outcome(scene, { username: 'adam', password, two_factor_code: rightCode })).toBe(
        'Authenticated atech fibreband',
      )
      expect(await outcome(scene, { username: 'adam', password: 'pa55word' })).toBe('Authenticated other')
      scene.world.sirportly.user('barred/adam').set({ apiAccess: true })
      expect(await outcome(scene, { username: 'adam', password })).toBe('Authenticated atech barred')
    },
  },
  {
    clauses: ['SP-02', 'SP-U3'],
    title: 'X-Auth-Application is all the authentication a request needs, and no other header makes a difference',
    play: async (scene) => {
      const headers = { authorization: `Basic ${btoa('eve:wrong')}`, 'x-auth-token': 'x', 'x-auth-secret': 'y' }
      expect(await outcome(scene, adam, { headers })).toBe('Authenticated')
      const { status, body } = await scene.send({ method: 'GET', path: `${path}?${encode(adam)}`, headers })
      expect(status).toBe(403)
      expect(JSON.parse(body)).toEqual({ error: 'InvalidApplication', message: expect.any(String) })
    },
  },
  {
    clauses: ['SP-03', 'SP-04'],
    title: 'any method will do, with the parameters in the query',
    play: async (scene) => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        expect(outcomeOf(await scene.send(inQuery(method, adam)))).toBe('Authenticated')
      }
    },
  },
  {
    clauses: ['SP-03', 'SP-04'],
    title: 'any method will do, with the parameters in a form',
    play: async (scene) => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        expect(await outcome(scene, adam, { method })).toBe('Authenticated')
      }
      const type = 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'
      expect(await outcome(scene, adam, { type })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-03', 'SP-04'],
    title: 'a GET may carry a form as its body',
    unsuited: withoutBodies,
    play: async (scene) => {
      expect(await outcome(scene, { ...faye, two_factor_code: rightCode }, { method: 'GET' })).toBe('Authenticated')
      expect(await outcome(scene, faye, { ...multipart(faye), method: 'GET' })).toBe('InvalidTwoFactorCode')
    },
  },
  {
    clauses: ['SP-03', 'SP-04'],
    title: 'a form may be a multipart one, a field of which may be a file',
    play: async (scene) => {
      const form = { ...faye, two_factor_code: rightCode }
      for (const method of ['POST', 'PUT']) {
        expect(await outcome(scene, form, { ...multipart(form), method })).toBe('Authenticated')
      }
      expect(await outcome(scene, form, multipart(form, true))).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-04'],
    title: 'parameters are text of any kind, and come back as they were',
    scenario: {
      sirportly: {
        users: [
          {
            username: 'zoë@b+c',
            password: 'ü=&%41 +"\\',
            account: 'atech',
            firstName: 'Z',
            lastName: 'B',
            emailAddress: 'z@b.c',
          },
        ],
      },
    },
    play: async (scene) => {
      const form = { username: 'zoë@b+c', password: 'ü=&%41 +"\\', account: 'atech' }
      expect(await outcome(scene, form)).toBe('APIAccessDisabled')
      expect(await outcome(scene, form, multipart(form))).toBe('APIAccessDisabled')
      const wrong = { ...form, password: `${form.password}\u2028\n😀` }
      expect(JSON.parse((await ask(scene, wrong)).body)).toMatchObject(wrong)
    },
  },
]
