import type { Received, Sent } from '../hosts/host.ts'
import type { Scene } from './play.ts'

export const path = '/api/v2/authentication/authenticate'

/** Every user of the default scenario has it. */
export const password = 's3cret'

/** The code of faye in the default scenario, and one that is nobody's. */
export const rightCode = '123456'
export const wrongCode = '000000'

/** Parameters by their names on the wire. */
export type Form = Readonly<Record<string, string>>

/** Adam, as one of his accounts knows him. */
export const adam: Form = { username: 'adam', password, account: 'atech' }
/** Ben, who has no API access. */
export const ben: Form = { username: 'ben', password, account: 'atech' }
/** Eve, who has to set up a second factor first. */
export const eve: Form = { username: 'eve', password, account: 'atech' }
/** Faye, who is asked for a code; here she has none. */
export const faye: Form = { username: 'faye', password, account: 'atech' }
/** Lou, whose second factor is locked. */
export const lou: Form = { username: 'lou', password, account: 'atech', two_factor_code: '135791' }

/** The same credentials, for any account. */
export function anywhere({ account: _account, ...form }: Form): Form {
  return form
}

export const urlencoded = 'application/x-www-form-urlencoded'

export function encode(form: Form): string {
  return new URLSearchParams(form).toString()
}

/** What differs from a form that an application posts. */
type Manner = Partial<Sent> & { readonly type?: string }

/** The request that an application posts, or another that asks the same. */
export function asking(form: Form, { type = urlencoded, ...other }: Manner = {}): Sent {
  const headers = { 'x-auth-application': 'help-app', 'content-type': type, ...other.headers }
  return { method: 'POST', path, body: encode(form), ...other, headers }
}

/** A request that carries its parameters in the query. */
export function inQuery(method: string, form: Form): Sent {
  return { method, path: `${path}?${encode(form)}`, headers: { 'x-auth-application': 'help-app' } }
}

export function ask({ send }: Scene, form: Form, manner?: Manner): Promise<Received> {
  return send(asking(form, manner))
}

/** Status and body of an answer. */
export async function answerTo(scene: Scene, form: Form, manner?: Manner): Promise<[number, string]> {
  const { status, body } = await ask(scene, form, manner)
  return [status, body]
}

/** The outcome of an answer: its status, its error, or which parameters it misses. */
export function outcomeOf({ body }: Received): string {
  const { status, error, errors } = JSON.parse(body)
  return status ?? error ?? Object.keys(errors).join(' and ')
}

/** The outcome of asking; where there are users, their accounts follow. */
export async function outcome(scene: Scene, form: Form, manner?: Manner): Promise<string> {
  const received = await ask(scene, form, manner)
  const { users } = JSON.parse(received.body) as { users?: { account: { permalink: string } }[] }
  const accounts = (users ?? []).map(({ account }) => account.permalink)
  return [outcomeOf(received), ...accounts].join(' ')
}

const boundary = 'a-boundary-of-no-body'

/** A multipart form; the last field comes as a file if that is wanted. */
export function multipart(form: Form, lastAsFile = false): { readonly type: string; readonly body: string } {
  const fields = Object.entries(form)
  const parts = fields.map(([name, value], index) => {
    const file = lastAsFile && index === fields.length - 1 ? `; filename="${name}.txt"` : ''
    return `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
  })
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` }
}
