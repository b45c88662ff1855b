import type { Journey, JourneyStep, OpenStep, SendStep } from '../../core/journey.ts'
import { apiPath } from './contract.ts'

// The words of the journeys below.
const open = (session: string, as: string): OpenStep => ({ do: 'open', session, as })
const info: SendStep = { do: 'send', method: 'GET', path: `${apiPath}/info` }
const user = (session?: string): SendStep => ({
  do: 'send',
  method: 'GET',
  path: `${apiPath}/user`,
  ...inSession(session),
})
const auth = (session: string | undefined, body: string, more: Partial<SendStep> = {}): SendStep => ({
  do: 'send',
  method: 'POST',
  path: `${apiPath}/auth`,
  headers: { 'content-type': 'text/plain' },
  body,
  ...inSession(session),
  ...more,
})
const rightPin = (session: string): SendStep => auth(session, '{pin}')
const wrongPin = (session: string, more: Partial<SendStep> = {}): SendStep => auth(session, '{wrongPin}', more)
const arrange = (state: string, params = {}): JourneyStep => ({ do: 'arrange', state, params })

function inSession(session: string | undefined): { in?: string } {
  return session === undefined ? {} : { in: session }
}

function journey(id: string, title: string, cast: Journey['cast'], steps: readonly JourneyStep[]): Journey {
  return { id: `secure-login.${id}`, title, cast, steps }
}

const alice = { alice: 'enter' }
const lockable = { alice: 'disposable' }

/** What the contract says of sequences. Each leaves its accounts as it found them, as far as the contract tells how. */
export const journeys: readonly Journey[] = [
  journey('info', 'the server tells that it is active, and its time, to anybody', {}, [info]),
  journey('stranger', 'without a session nobody gets further than /info', {}, [
    info,
    user(),
    auth(undefined, '910817'),
  ]),
  journey('flow', 'a first login: info, user, the right PIN, and the session goes on without one', alice, [
    open('phone', 'alice'),
    { ...info, in: 'phone' },
    user('phone'),
    rightPin('phone'),
    user('phone'),
    open('tablet', 'alice'),
    user('tablet'),
  ]),
  journey('again', 'an authenticated session is not asked again, whatever PIN it sends', alice, [
    open('phone', 'alice'),
    rightPin('phone'),
    rightPin('phone'),
    user('phone'),
  ]),
  journey('retry', 'a wrong PIN may be tried again', alice, [
    open('phone', 'alice'),
    wrongPin('phone'),
    user('phone'),
    rightPin('phone'),
    user('phone'),
  ]),
  journey('form', 'what is not text/plain is refused and not counted', lockable, [
    open('phone', 'alice'),
    auth('phone', '"{wrongPin}"', { headers: { 'content-type': 'application/json' }, times: 'limit' }),
    user('phone'),
    rightPin('phone'),
  ]),
  journey('digits', 'what is not digits only fails, and is counted', lockable, [
    open('phone', 'alice'),
    auth('phone', ' {pin}', { times: 'limit' }),
    user('phone'),
  ]),
  journey('clears', 'the right PIN clears the count', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 'limit-1' }),
    rightPin('phone'),
    open('tablet', 'alice'),
    wrongPin('tablet', { times: 'limit-1' }),
    user('tablet'),
    rightPin('tablet'),
  ]),
  journey('lockout', 'the last wrong PIN blocks, and the right one does not help', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 'limit-1' }),
    user('phone'),
    wrongPin('phone'),
    user('phone'),
    rightPin('phone'),
    wrongPin('phone'),
    user('phone'),
  ]),
  journey('sessions', 'failures of all sessions of a user add up', lockable, [
    open('phone', 'alice'),
    open('tablet', 'alice'),
    wrongPin('phone', { times: 'limit-1' }),
    wrongPin('tablet'),
    user('tablet'),
    user('phone'),
  ]),
  journey('burst', 'many wrong PINs at once count no more than the limit', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 12, atOnce: true }),
    user('phone'),
  ]),
  journey('expiry', 'at the end of the block the user may enter again, from a count of none', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 'limit' }),
    user('phone'),
    { do: 'wait', for: 'blockFor', plus: -5000 },
    user('phone'),
    { do: 'wait', for: 7000 },
    user('phone'),
    wrongPin('phone', { times: 'limit-1' }),
    user('phone'),
    rightPin('phone'),
    user('phone'),
  ]),
  journey('blocked', 'a blocked user is told until when, and no PIN helps', { carol: 'blocked' }, [
    open('phone', 'carol'),
    user('phone'),
    rightPin('phone'),
    user('phone'),
  ]),
  journey('onboarding', 'a user in onboarding is told so, and cannot authenticate', { bob: 'onboarding' }, [
    open('phone', 'bob'),
    user('phone'),
    rightPin('phone'),
    user('phone'),
  ]),
  journey('bypass', 'a user who may bypass needs no PIN', { dave: 'bypass' }, [
    open('phone', 'dave'),
    user('phone'),
    rightPin('phone'),
  ]),
  journey('inactive', 'while the plug-in is inactive, /info says so and the others answer that they are gone', alice, [
    open('phone', 'alice'),
    arrange('the plug-in is inactive'),
    { ...info, in: 'phone' },
    user('phone'),
    rightPin('phone'),
    arrange('the plug-in is active'),
    user('phone'),
  ]),
  journey('inactive-onboarding', 'an inactive plug-in says so before it says onboarding', { bob: 'onboarding' }, [
    open('phone', 'bob'),
    arrange('the plug-in is inactive'),
    user('phone'),
    rightPin('phone'),
    arrange('the plug-in is active'),
    rightPin('phone'),
  ]),
  journey('methods', 'unknown endpoints and wrong methods are refused', alice, [
    open('phone', 'alice'),
    { do: 'send', method: 'GET', path: `${apiPath}/nothing`, in: 'phone' },
    { do: 'send', method: 'GET', path: `${apiPath}/auth`, in: 'phone' },
    { do: 'send', method: 'POST', path: `${apiPath}/user`, in: 'phone' },
  ]),
  journey('idle', 'a session that was left alone for too long needs a new login', alice, [
    open('phone', 'alice'),
    rightPin('phone'),
    { do: 'wait', for: 'sessionFor', plus: 2000 },
    user('phone'),
    auth('phone', '{pin}'),
  ]),
]
