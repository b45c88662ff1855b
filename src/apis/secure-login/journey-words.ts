import { journeysOf, type JourneyStep, type OpenStep, type SendStep, type WaitStep } from '../../core/journey.ts'
import { apiPath, sessionPath } from './paths.ts'

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
export const getInfo = (session?: string, shows?: string): SendStep => get(`${apiPath}/info`, session, shows)
export const user = (session?: string, shows?: string): SendStep => get(`${apiPath}/user`, session, shows)
// Some hosts want to be told that a text is no form of another site (SL-U17).
const noCheck = { 'x-atlassian-token': 'no-check' }
export const asText: { readonly [name: string]: string } = { 'content-type': 'text/plain', ...noCheck }
export const auth = (session: string | undefined, body: string, more: Partial<SendStep> = {}): SendStep => ({
  do: 'send',
  method: 'POST',
  path: `${apiPath}/auth`,
  headers: asText,
  body,
  ...(session === undefined ? {} : { in: session }),
  ...more,
})
export const rightPin = (session: string, shows?: string): SendStep =>
  auth(session, '{pin}', shows === undefined ? {} : { shows })
export const sendWrongPin = (session: string, more: Partial<SendStep> = {}): SendStep =>
  auth(session, '{wrongPin}', more)
export const arrange = (state: string, params = {}): JourneyStep => ({ do: 'arrange', state, params })
export const from = (address: string, step: SendStep): SendStep => ({
  ...step,
  headers: { ...step.headers, 'x-forwarded-for': address },
})
export const at = (address: string, step: SendStep): SendStep => ({ ...step, from: address })
export const asJson = { headers: { 'content-type': 'application/json' } }
/** For what only Jira has. */
export const inJira = { product: 'jira' }
export const credentials = (password: string): string => `{"username":"{username}","password":"${password}"}`
export const login = (password: string, more: Partial<SendStep> = {}): SendStep => ({
  do: 'send',
  as: 'alice',
  method: 'POST',
  path: sessionPath,
  ...asJson,
  body: credentials(password),
  ...more,
})

export const journey: ReturnType<typeof journeysOf> = journeysOf('secure-login')

export const alice = { alice: 'enter' }
export const lockable = { alice: 'disposable' }
