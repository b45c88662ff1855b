import { journeysOf, type JourneyStep, type OpenStep, type SendStep, type WaitStep } from '../../core/journey.ts'
import { apiPath, sessionPath } from './contract.ts'

// The words of the journeys below.
export const open = (session: string, as: string): OpenStep => ({ do: 'open', session, as })
export const wait = (during: string | number, plus = 0): WaitStep => ({ do: 'wait', for: during, plus })
export const get = (path: string, session?: string, shows?: string): SendStep => ({
  do: 'send',
  method: 'GET',
  path,
  ...(session === undefined ? {} : { in: session }),
  ...(shows === undefined ? {} : { shows }),
})
export const info = (session?: string, shows?: string): SendStep => get(`${apiPath}/info`, session, shows)
export const user = (session?: string, shows?: string): SendStep => get(`${apiPath}/user`, session, shows)
export const auth = (session: string | undefined, body: string, more: Partial<SendStep> = {}): SendStep => ({
  do: 'send',
  method: 'POST',
  path: `${apiPath}/auth`,
  headers: { 'content-type': 'text/plain' },
  body,
  ...(session === undefined ? {} : { in: session }),
  ...more,
})
export const rightPin = (session: string, shows?: string): SendStep =>
  auth(session, '{pin}', shows === undefined ? {} : { shows })
export const wrongPin = (session: string, more: Partial<SendStep> = {}): SendStep => auth(session, '{wrongPin}', more)
export const arrange = (state: string, params = {}): JourneyStep => ({ do: 'arrange', state, params })
export const from = (address: string, step: SendStep): SendStep => ({
  ...step,
  headers: { ...step.headers, 'x-forwarded-for': address },
})
export const asJson = { headers: { 'content-type': 'application/json' } }
export const login = (password: string, more: Partial<SendStep> = {}): SendStep => ({
  do: 'send',
  as: 'alice',
  method: 'POST',
  path: sessionPath,
  ...asJson,
  body: `{"username":"{username}","password":"${password}"}`,
  ...more,
})

export const journey: ReturnType<typeof journeysOf> = journeysOf('secure-login')

export const alice = { alice: 'enter' }
export const lockable = { alice: 'disposable' }
