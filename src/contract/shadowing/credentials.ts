import { bodyText, headerValue, type HttpRequest } from '../../core/http.ts'
import { objectIn } from '../../core/json.ts'
import type { Kit, OperationForm } from '../../core/kit.ts'

/** What a request says of who sends it; nothing of it leaves the process. */
export interface SentCredentials {
  readonly username?: string
  readonly password?: string
  readonly code?: string
}

/** Reads a request by the forms in which the kit would send it: what stands where a form names a value is that value. */
export function credentialsIn(kit: Kit, operation: string | undefined, request: HttpRequest): SentCredentials {
  const form = operation === undefined ? undefined : kit.asks?.[operation]
  return { ...basicOf(request), ...(form?.right === undefined ? {} : read(form, request)) }
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
