import { map, text, type Field, type TextField } from './field.ts'
import type { HeaderList, HttpReply } from './http.ts'
import { pairs } from './pairs.ts'

/** Headers by name, as people write them: a whole number is the text of its digits. */
export type WrittenHeaders = { readonly [name: string]: string | number }

/** Headers by name. */
export type Headers = { readonly [name: string]: string }

/** The connection's own (RFC 9110, 7.6.1; RFC 2616, 13.5.1), the host's, and those by which a world tells of itself. */
const reserved =
  /^(?:connection|keep-alive|proxy-(?:authenticate|authorization|connection)|te|trailers?|transfer-encoding|upgrade|content-length|date|x-understudy-.*)$/i

const headerName: TextField = {
  kind: 'text',
  about: 'the name of a header',
  pattern: /^[\w!#$%&'*+.^`|~-]+$/,
  read: (name) => (reserved.test(name) ? undefined : name),
  shape:
    'a header that an answer can be given: a name without spaces, and not one of the connection (Connection, Upgrade, …), Content-Length, Date or x-understudy-…',
}

const headerText: Field<string> = text({
  about: 'its value',
  // ASCII without an end of line, and no space at either end: the same on every host.
  pattern: /^(?:[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?$/,
  shape: 'the value of a header: one line of ASCII without spaces around it',
  orInteger: true,
})

/** Headers that an answer is given. */
export function headersField(notes: { readonly about: string; readonly optional?: true }): Field<Headers> {
  return map(headerText, { ...notes, key: headerName })
}

/** The reply with these headers instead of its own of the same names; cookies come beside those that it sets. */
export function withHeaders(reply: HttpReply, headers: Headers): HttpReply {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  names.delete('set-cookie')
  return { ...reply, headers: [...withoutHeaders(reply.headers, names), ...Object.entries(headers).flat()] }
}

/** The list without the headers of these names, which are in lower case. */
export function withoutHeaders(headers: HeaderList, names: ReadonlySet<string>): HeaderList {
  return pairs(headers)
    .filter(([name]) => !names.has(name.toLowerCase()))
    .flat()
}
