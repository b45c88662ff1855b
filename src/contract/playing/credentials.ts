import { bodyText, headerValue, type HttpRequest } from '../../core/http.ts'
import { objectIn } from '../../core/json.ts'
import type { Kit, OperationForm } from '../../core/kit.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { tellings } from './tellings.ts'

/** What a request says of who sends it; nothing of it leaves the process. */
export interface SentCredentials {
  readonly username?: string
  readonly password?: string
  readonly code?: string
}

/**
 * Reads a request as its API says where it tells them, or else by the forms in which the kit would send it: what stands where
 * a form names a value is that value.
 */
export function credentialsIn(
  { kit, operations }: Pick<CheckedApi, 'kit' | 'operations'>,
  operation: string | undefined,
  request: HttpRequest,
): SentCredentials {
  const places = kit.tells?.[operation ?? '']
  if (places !== undefined)
    return tellings(places, operations.find(({ id }) => id === operation)?.paths[0] ?? '', request, basicOf(request))
  const form = operation === undefined ? undefined : kit.asks?.[operation]
  return { ...basicOf(request), ...(form?.right === undefined ? {} : read(form, request)) }
}

/** The same request with something else in the place of what somebody proves themselves by; as it is where that is not found. */
export function withCredentials(
  kit: Kit,
  operation: string | undefined,
  request: HttpRequest,
  { password, code }: Pick<SentCredentials, 'password' | 'code'>,
): HttpRequest {
  const { right = '' } = (operation === undefined ? undefined : kit.asks?.[operation]) ?? {}
  const basic = basicOf(request)
  const headers =
    basic.username === undefined || password === undefined
      ? request.headers
      : withHeader(request.headers, 'authorization', `Basic ${toBase64(`${basic.username}:${password}`)}`)
  const sent = bodyText(request.body) ?? ''
  const text = right === '{pin}' ? (code ?? sent) : withMembers(right, sent, { password, code })
  return { ...request, headers, body: text === sent ? request.body : new TextEncoder().encode(text) }
}

function withMembers(
  right: string,
  sent: string,
  values: { readonly password: string | undefined; readonly code: string | undefined },
): string {
  const isJson = right.startsWith('{"')
  const wanted = isJson ? Object.entries(objectIn(right)) : [...new URLSearchParams(right)]
  const given = isJson ? objectIn(sent) : Object.fromEntries(new URLSearchParams(sent))
  const changed = wanted.flatMap(([member, value]): [string, string][] => {
    const name = names[String(value) as keyof typeof names]
    const put = name === undefined || name === 'username' ? undefined : values[name]
    return put === undefined || !Object.hasOwn(given, member) || given[member] === put ? [] : [[member, put]]
  })
  if (changed.length === 0) return sent
  const all = { ...given, ...Object.fromEntries(changed) }
  return isJson ? JSON.stringify(all) : new URLSearchParams(all as Record<string, string>).toString()
}

function withHeader(headers: readonly string[], name: string, value: string): string[] {
  return headers.map((each, index) => (index % 2 === 1 && headers[index - 1]?.toLowerCase() === name ? value : each))
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

const names = { '{username}': 'username', '{password}': 'password', '{pin}': 'code' } as const

function read({ right = '' }: OperationForm, { body }: HttpRequest): SentCredentials {
  const sent = bodyText(body) ?? ''
  if (right === '{pin}') return { code: sent }
  const [wanted, got] = right.startsWith('{"')
    ? [Object.entries(objectIn(right)), objectIn(sent)]
    : [[...new URLSearchParams(right)], Object.fromEntries(new URLSearchParams(sent))]
  return Object.fromEntries(
    wanted.flatMap(([member, value]) => {
      const name = names[String(value) as keyof typeof names]
      const found = Object.hasOwn(got, member) ? got[member] : undefined
      return name !== undefined && typeof found === 'string' ? [[name, found]] : []
    }),
  )
}

function basicOf({ headers }: HttpRequest): SentCredentials {
  const encoded = /^basic\s+(\S+)\s*$/i.exec(headerValue(headers, 'authorization') ?? '')?.[1]
  if (encoded === undefined) return {}
  const [, username = '', password = ''] = /^([^:]*):?(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  return { username, password }
}
