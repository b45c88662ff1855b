import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { api, signedIn, Visitor } from './secure-login.visitor.ts'

// The vendor prints a minus sign (U+2212) where the wire has a hyphen; the spaces in its examples are for reading.
const printed = (example: string): string => example.replaceAll('−', '-').replaceAll(/\s+/g, '')

/** Each example on the vendor's page, to the letter and the order of members. */
export const exampleBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SL-03', 'SL-05'],
    title: "the page's example of /info while active",
    scenario: { clock: { at: '1991-08-17T07:00:00Z', frozen: true } },
    play: async (scene) => {
      const { body } = await new Visitor(scene).send('GET', `${api}/info`)
      expect(body).toBe(printed('{ "active": true, "server_time": "1991−08−17T07:00:00Z" }'))
    },
  },
  {
    clauses: ['SL-04', 'SL-05'],
    title: "the page's example of /info while inactive",
    scenario: { clock: { at: '1991-08-17T07:00:00Z', frozen: true }, 'secure-login': { active: false } },
    play: async (scene) => {
      const { body } = await new Visitor(scene).send('GET', `${api}/info`)
      expect(body).toBe(printed('{ "active": false, "server_time": "1991−08−17T07:00:00Z" }'))
    },
  },
  {
    clauses: ['SL-06'],
    title: "the page's example of /user of somebody who has to enter the PIN",
    play: async (scene) => {
      expect((await (await signedIn(scene, 'alice')).user()).body).toBe(printed('{ "state": "enter" }'))
    },
  },
  {
    clauses: ['SL-07'],
    title: "the page's example of /user of somebody who is blocked",
    scenario: { clock: { at: '2022-09-25T13:38:48Z', frozen: true } },
    play: async (scene) => {
      expect((await (await signedIn(scene, 'carol')).user()).body).toBe(
        printed('{ "state": "blocked", "blocked": { "reason": "brute_force", "until": "2022−09−25T14:08:48Z" } }'),
      )
    },
  },
  {
    clauses: ['SL-09', 'SL-10'],
    title: "the page's example of a PIN, at the page's example of a path",
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const path = printed('/jira/rest/securelogin−admin/1.0/api/auth')
      const { status, body } = await alice.send('POST', path, '910817', 'text/plain')
      expect([status, body]).toEqual([200, ''])
    },
  },
]
