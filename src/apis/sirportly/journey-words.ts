import { journeysOf, type SendStep } from '../../core/journey.ts'
import { authenticatePath } from './paths.ts'

// The words of the journeys below.
export const form = { 'content-type': 'application/x-www-form-urlencoded' }
export const application = { 'x-auth-application': '{application}' }

/** Parameters as a form or a query; what stands in braces is encoded where it is put in. */
export type FormValues = { readonly [name: string]: string }

export function toForm(parameters: FormValues): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

export const credentials = { username: '{username}', password: '{password}' }
export const here: FormValues = { ...credentials, account: '{account}' }
export const withCode: FormValues = { ...here, two_factor_code: '{pin}' }
export const wrongCode: FormValues = { ...here, two_factor_code: '{wrongPin}' }

/** A sign-in as the page recommends it. */
export function post(parameters: FormValues, more: Partial<SendStep> = {}): SendStep {
  return {
    do: 'send',
    method: 'POST',
    path: authenticatePath,
    headers: { ...application, ...form },
    body: toForm(parameters),
    ...more,
  }
}

/** A sign-in by parameters in the query. */
export function query(method: string, parameters: FormValues, more: Partial<SendStep> = {}): SendStep {
  return { do: 'send', method, path: `${authenticatePath}?${toForm(parameters)}`, headers: application, ...more }
}

export const rightCode: SendStep = post(withCode)
export const sendWrongCode = (more: Partial<SendStep> = {}): SendStep => post(wrongCode, more)

export const journey: ReturnType<typeof journeysOf> = journeysOf('sirportly')

export const adam = { adam: 'user' }
export const faye = { faye: 'second-factor' }
export const lockable = { faye: 'disposable' }
export const nobody = 'nobody-of-the-understudy'
