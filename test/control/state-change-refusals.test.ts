import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { Phone } from '../support/phone.ts'
import { refused } from '../support/refused.ts'

const mustEnter = 'a user who must enter the PIN'

describe('a state change that is not understood', () => {
  const inactive = 'the plug-in is inactive'
  it.each<[string, string, unknown, string]>([
    ['nothing at all', '', undefined, 'state: is missing'],
    ['an empty object', '', {}, 'state: is missing'],
    ['no state', '', { action: 'setup', params: {} }, 'state: is missing'],
    ['another name for it', '', { stat: inactive }, '"stat" is not known here; known are state, states'],
    ['another name in the query', `?stat=x`, undefined, 'Did you mean "state"?'],
    ['an unknown state', '', { state: 'the plug-in is inactiv' }, `Did you mean "${inactive}"?`],
    ['an unknown state in the query', '?state=the%20plug-in%20is%20inactiv', undefined, `Did you mean "${inactive}"?`],
    ['one unknown among several', '', { states: [inactive, 'a blokced user'] }, 'Did you mean "a blocked user"?'],
    ['an unknown one at teardown', '', { state: 'the plug-in', action: 'teardown' }, 'There is no provider state'],
    ['an unknown param', '', { state: mustEnter, params: { usrname: 'a' } }, 'Did you mean "username"?'],
    ['an unknown param beside it', `?state=${mustEnter}&usrname=a`, undefined, 'Did you mean "username"?'],
    [
      'a param of no state',
      '',
      { states: [inactive, 'the plug-in is active'], params: { pin: '1' } },
      'there are none',
    ],
    [
      'an unknown param of a listed one',
      '',
      { states: [{ name: mustEnter, params: { pim: '1' } }] },
      'Did you mean "pin"?',
    ],
    ['a param of no state in the URL', '?sesion=abc', { state: mustEnter }, 'Did you mean "session"?'],
    ['a bad param in the URL', '?session=a%3Bb', { state: mustEnter }, 'session: The value is not 1 to 128'],
    ['a wrong action', '?state=the%20plug-in%20is%20inactive&action=setpu', undefined, 'Did you mean "setup"?'],
    ['a state that is no text', '', { state: 5 }, 'state: The value is not the name of a provider state'],
    ['two states in the query', '?state=a&state=b', undefined, 'state: The value is not the name of a provider state'],
    ['a list that is none', '', { states: inactive }, 'states: The value is not a list of names'],
    ['a list of something else', '', { states: [5] }, 'states[0]: The value is neither the name of a state nor'],
    ['a member more in it', '', { states: [{ name: inactive, parms: {} }] }, 'states[0]: The value is neither'],
    [
      'a state that is not listed',
      '',
      { state: mustEnter, states: [inactive] },
      'is none of the states that are listed',
    ],
    ['two different states', '?state=the+plug-in+is+active', { state: inactive }, 'state: is given twice'],
    ['a param twice', '', { state: mustEnter, pin: '1', params: { pin: '2' } }, 'pin: is given twice'],
    ['params that are none', '', { state: mustEnter, params: 'pin' }, 'params: The value is not a map'],
    ['a contradiction in the last', '', { states: [inactive, { name: mustEnter, params: { failures: 7 } }] }, 'limit'],
    ['a number that is no PIN', '', { state: mustEnter, params: { pin: -5 } }, 'zeros before it, if there were any'],
    [
      'a number too large',
      '',
      '{"state":"a user who must enter the PIN","params":{"pin":91081791081791081}}',
      'not text',
    ],
    ['half a number', '', { state: mustEnter, params: { pin: 1.5 } }, 'pin: The value is not text'],
    ['a truth for a text', '', { state: mustEnter, params: { username: true } }, 'username: true is not text'],
    ['zeros before a number', '', { state: mustEnter, params: { failures: '02' } }, 'failures: "02" is not a whole'],
    [
      'a number of words',
      '',
      { state: mustEnter, params: { failures: 'two' } },
      'failures: "two" is not a whole number',
    ],
    ['half a count', '', { state: mustEnter, params: { failures: '1.5' } }, 'failures: 1.5 is not a whole number'],
    ['a truth in capitals', '', { state: mustEnter, params: { authenticated: 'True' } }, 'is not true or false'],
    ['1 for true', '', { state: mustEnter, params: { authenticated: 1 } }, 'authenticated: 1 is not true or false'],
    ['a session with a semicolon', '', { state: mustEnter, params: { session: 'a;b' } }, 'session: The value is not'],
    ['a session of digits', '', { state: mustEnter, params: { session: 1234 } }, 'not digits alone'],
    ['a session of nothing', '', { state: mustEnter, params: { session: '' } }, 'session: The value is not 1 to 128'],
    ['a session too long', '', { state: mustEnter, params: { session: 'a'.repeat(129) } }, 'is not 1 to 128'],
    ['a secret too short', '', { state: 'a session of the CMS', params: { secret: 'abc' } }, 'is not 15 letters and'],
    ['a sid that is none', '', { state: 'a session of the CMS', params: { sid: 0 } }, 'sid: 0 is not a number from 1'],
    [
      'one sid for two',
      '',
      { state: 'two sessions of the CMS that share a secret', params: { sid: 7, otherSid: 7 } },
      'otherSid: 7 is the number of both',
    ],
    ['null', '', { state: mustEnter, params: { pin: null } }, 'pin: '],
  ])('is refused, and nothing changes: %s', async (_what, query, body, detail) => {
    const world = await createWorld('default', { time: () => Date.UTC(2026, 0, 15) })
    await new Phone(world, 'x').state()
    const answer = await refused(world, 'POST', `/pact/states${query}`, body)
    expect([answer.status, answer.body['detail']]).toEqual([422, expect.stringContaining(detail)])
    // Ruby's verifier would have had the scenario started again.
    const { state, states, action } = (body ?? {}) as { state?: unknown; states?: unknown; action?: unknown }
    if (typeof body === 'string' || typeof state !== 'string' || states !== undefined || action !== undefined) return
    const ruby = { ...(body as object), consumer: 'app', states: [state] }
    expect((await refused(world, 'POST', `/pact/states${query}`, ruby)).status).toBe(422)
  })

  it('is refused in the words of the scenario that would be started again', async () => {
    const world = await createWorld('default', { time: () => Date.UTC(2026, 0, 15) })
    await new Phone(world, 'x').state()
    const states = ['a blocked user']
    const ruby = { consumer: 'app', state: 'a blocked user', states, params: { until: '2001-01-01' } }
    expect((await refused(world, 'POST', '/pact/states', ruby)).body['detail']).toContain('is not in the future')
  })
})
