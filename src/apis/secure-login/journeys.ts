import type { Journey, JourneyStep, OpenStep, SendStep, WaitStep } from '../../core/journey.ts'
import { apiPath, sessionPath } from './contract.ts'

// The words of the journeys below.
const open = (session: string, as: string): OpenStep => ({ do: 'open', session, as })
const wait = (during: string | number, plus = 0): WaitStep => ({ do: 'wait', for: during, plus })
const get = (path: string, session?: string, shows?: string): SendStep => ({
  do: 'send',
  method: 'GET',
  path,
  ...(session === undefined ? {} : { in: session }),
  ...(shows === undefined ? {} : { shows }),
})
const info = (session?: string, shows?: string): SendStep => get(`${apiPath}/info`, session, shows)
const user = (session?: string, shows?: string): SendStep => get(`${apiPath}/user`, session, shows)
const auth = (session: string | undefined, body: string, more: Partial<SendStep> = {}): SendStep => ({
  do: 'send',
  method: 'POST',
  path: `${apiPath}/auth`,
  headers: { 'content-type': 'text/plain' },
  body,
  ...(session === undefined ? {} : { in: session }),
  ...more,
})
const rightPin = (session: string, shows?: string): SendStep =>
  auth(session, '{pin}', shows === undefined ? {} : { shows })
const wrongPin = (session: string, more: Partial<SendStep> = {}): SendStep => auth(session, '{wrongPin}', more)
const arrange = (state: string, params = {}): JourneyStep => ({ do: 'arrange', state, params })
const from = (address: string, step: SendStep): SendStep => ({
  ...step,
  headers: { ...step.headers, 'x-forwarded-for': address },
})
const asJson = { headers: { 'content-type': 'application/json' } }
const login = (password: string, more: Partial<SendStep> = {}): SendStep => ({
  do: 'send',
  as: 'alice',
  method: 'POST',
  path: sessionPath,
  ...asJson,
  body: `{"username":"{username}","password":"${password}"}`,
  ...more,
})

function journey(
  id: string,
  title: string,
  cast: Journey['cast'],
  steps: readonly JourneyStep[],
  needs?: Journey['needs'],
): Journey {
  return { id: `secure-login.${id}`, title, cast, steps, ...(needs === undefined ? {} : { needs }) }
}

const alice = { alice: 'enter' }
const lockable = { alice: 'disposable' }

/** What the contract says of sequences. Each leaves its accounts as it found them, as far as the contract tells how. */
export const journeys: readonly Journey[] = [
  journey('info', 'the server tells that it is active, and its time, to anybody', {}, [info(undefined, 'SL-U1')]),
  journey('stranger', 'without a session nobody gets further than /info', {}, [user(), auth(undefined, '910817')]),
  journey('flow', 'a first login: info, user, the right PIN, and the session goes on without one', alice, [
    open('phone', 'alice'),
    info('phone'),
    user('phone'),
    rightPin('phone'),
    user('phone', 'SL-10'),
    open('tablet', 'alice'),
    user('phone', 'SL-01'),
    user('tablet', 'SL-01'),
  ]),
  journey('again', 'an authenticated session is not asked again, whatever PIN it sends', alice, [
    open('phone', 'alice'),
    rightPin('phone'),
    wrongPin('phone'),
    user('phone', 'SL-U3'),
  ]),
  journey('named', 'a request cannot name a user', { alice: 'enter', dave: 'bypass' }, [
    open('phone', 'alice'),
    get(`${apiPath}/user?username={daveUsername}`, 'phone', 'SL-01'),
  ]),
  journey('retry', 'a wrong PIN may be tried again', alice, [
    open('phone', 'alice'),
    wrongPin('phone'),
    user('phone', 'SL-14'),
    rightPin('phone', 'SL-14'),
  ]),
  journey('lockout', 'the last wrong PIN blocks, and the right one does not help', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 'limit-1' }),
    user('phone', 'SL-14'),
    wrongPin('phone'),
    user('phone', 'SL-14'),
    rightPin('phone'),
    wrongPin('phone'),
    user('phone', 'SL-U2'),
  ]),
  journey('form', 'what is not text/plain is refused and not counted', lockable, [
    open('phone', 'alice'),
    auth('phone', '"{wrongPin}"', { ...asJson, times: 'limit' }),
    user('phone', 'SL-U8'),
    auth('phone', '{pin}', { headers: { 'content-type': 'text/plain; charset=UTF-8' }, shows: 'SL-09' }),
  ]),
  journey('digits', 'what is not digits only fails, and is counted', lockable, [
    open('phone', 'alice'),
    auth('phone', ' {pin}', { times: 'limit-1', shows: 'SL-09' }),
    user('phone', 'SL-14'),
    auth('phone', ' {pin}', { shows: 'SL-09' }),
    user('phone', 'SL-U9'),
  ]),
  journey('zeros', 'a PIN is digits, not a number', alice, [
    open('phone', 'alice'),
    wrongPin('phone'),
    auth('phone', '0{pin}', { shows: 'SL-09' }),
  ]),
  journey('clears', 'the right PIN clears the count', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 'limit-1' }),
    rightPin('phone', 'SL-14'),
    open('tablet', 'alice'),
    wrongPin('tablet', { times: 'limit-1', shows: 'SL-01' }),
    user('tablet', 'SL-U5'),
    rightPin('tablet'),
  ]),
  journey('sessions', 'failures of all sessions of a user add up', lockable, [
    open('phone', 'alice'),
    open('tablet', 'alice'),
    user('phone', 'SL-01'),
    wrongPin('phone', { times: 'limit-1' }),
    user('phone', 'SL-14'),
    wrongPin('tablet'),
    user('tablet', 'SL-U7'),
    user('phone', 'SL-U7'),
  ]),
  journey('burst', 'many wrong PINs at once count no more than the limit', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 12, atOnce: true }),
    user('phone', 'SL-14'),
  ]),
  journey('expiry', 'at the end of the block the user may enter again, from a count of none', lockable, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 'limit-1' }),
    user('phone', 'SL-14'),
    wrongPin('phone'),
    user('phone', 'SL-14'),
    wait('blockFor', -5000),
    user('phone', 'SL-14'),
    wait(7000),
    user('phone', 'SL-14'),
    wrongPin('phone', { times: 'limit-1' }),
    user('phone', 'SL-U6'),
    rightPin('phone'),
  ]),
  journey('blocked', 'a blocked user is told until when, and no PIN helps or harms', { carol: 'blocked' }, [
    open('phone', 'carol'),
    user('phone'),
    rightPin('phone'),
    auth('phone', '"{pin}"', { ...asJson, shows: 'SL-U12' }),
    wait(20_000),
    wrongPin('phone'),
    user('phone', 'SL-U2'),
  ]),
  journey('authenticated', 'a block stops authenticated sessions as well, and gives them back at its end', lockable, [
    open('phone', 'alice'),
    rightPin('phone'),
    user('phone', 'SL-10'),
    open('tablet', 'alice'),
    user('phone', 'SL-01'),
    user('tablet', 'SL-01'),
    wrongPin('tablet', { times: 'limit' }),
    user('tablet', 'SL-14'),
    user('phone', 'SL-X2'),
    wait('blockFor', 2000),
    user('tablet', 'SL-14'),
    user('phone', 'SL-X2'),
  ]),
  journey('onboarding', 'a user in onboarding is told so, and cannot authenticate', { bob: 'onboarding' }, [
    open('phone', 'bob'),
    user('phone'),
    rightPin('phone'),
    user('phone', 'SL-15'),
    auth('phone', '"{pin}"', { ...asJson, shows: 'SL-U12' }),
  ]),
  journey('bypass', 'a user who may bypass needs no PIN', { dave: 'bypass' }, [
    open('phone', 'dave'),
    user('phone'),
    wrongPin('phone'),
  ]),
  journey('inactive', 'while the plug-in is inactive, /info says so and the others answer that they are gone', alice, [
    open('phone', 'alice'),
    arrange('the plug-in is inactive'),
    info('phone'),
    user('phone'),
    arrange('the plug-in is active'),
    user('phone'),
  ]),
  journey('inactive-pin', 'an inactive plug-in takes no PIN', alice, [
    open('phone', 'alice'),
    arrange('the plug-in is inactive'),
    rightPin('phone'),
    arrange('the plug-in is active'),
    user('phone', 'SL-13'),
  ]),
  journey('inactive-onboarding', 'an inactive plug-in says so before it says onboarding', { bob: 'onboarding' }, [
    open('phone', 'bob'),
    arrange('the plug-in is inactive'),
    rightPin('phone'),
    arrange('the plug-in is active'),
    rightPin('phone'),
  ]),
  journey('methods', 'unknown endpoints and wrong methods are refused', alice, [
    open('phone', 'alice'),
    get(`${apiPath}/nothing`, 'phone'),
    get(`${apiPath}/auth`, 'phone'),
    { ...user('phone'), method: 'POST' },
    get(`${apiPath}/info/`, 'phone', 'SL-X6'),
    { ...info('phone', 'SL-X6'), method: 'HEAD' },
  ]),
  journey('idle', 'a session that was left alone for too long needs a new login', alice, [
    open('phone', 'alice'),
    rightPin('phone'),
    wait('sessionFor', 2000),
    user('phone'),
    auth('phone', '{pin}'),
  ]),
  journey('busy', 'a session that is used does not expire', alice, [
    open('phone', 'alice'),
    wait('sessionFor', -60_000),
    user('phone'),
    wait(120_000),
    user('phone', 'SL-X1'),
  ]),
  journey(
    'address',
    'from another address the session must enter the PIN again, and may',
    alice,
    [
      open('phone', 'alice'),
      from('198.51.100.7', rightPin('phone')),
      from('203.0.113.9', user('phone')),
      from('203.0.113.9', rightPin('phone', 'SL-16')),
    ],
    { trustProxy: true, bindSessionToIp: true },
  ),
  journey('login', 'the host opens a session for the right password, and ends it', alice, [
    login('not {password}'),
    login('{password}', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    get(sessionPath),
    login('{password}', { in: 'phone' }),
    user('phone', 'SL-H1'),
    get(sessionPath, 'phone'),
    { ...get(sessionPath, 'phone'), method: 'DELETE' },
    user('phone', 'SL-H4'),
  ]),
  journey('passwords', 'a wrong password does not count as a wrong PIN', alice, [
    open('phone', 'alice'),
    wrongPin('phone', { times: 'limit-1' }),
    user('phone', 'SL-14'),
    login('not {password}'),
    user('phone', 'SL-H2'),
    rightPin('phone'),
  ]),
]

/** How many wrong PINs block, and whether a count is the user's or the session's. */
export const probes: readonly Journey[] = [
  journey('probe', 'wrong PINs until the user is blocked', lockable, [
    open('phone', 'alice'),
    ...Array.from({ length: 10 }, () => [wrongPin('phone'), user('phone')]).flat(),
  ]),
]
