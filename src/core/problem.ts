import type { HttpReply } from './http.ts'
import type { Json } from './json.ts'
import { printableJson } from './printable.ts'

/** A reply whose body is an RFC 9457 problem: for what no contract describes. */
export function problem(
  status: number,
  title: string,
  detail: string,
  more: { readonly [key: string]: Json } = {},
): HttpReply {
  return {
    status,
    headers: ['content-type', 'application/problem+json'],
    body: `${printableJson({ type: 'about:blank', title, status, detail, ...more })}\n`,
  }
}
