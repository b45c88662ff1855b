import { withoutHeader } from '../bend.ts'
import { readSetCookie } from '../cookie.ts'
import { headerPairs } from '../http.ts'
import type { Reply } from '../step.ts'
import type { ReplyBend } from './reply-bend.ts'

/** Headers of some answers missing or with another value, and cookies as browsers would take them otherwise. */
export function headerBends(replies: readonly Reply[]): ReplyBend[] {
  const names = namesOf(replies).filter((name) => name !== 'content-type' && name !== 'set-cookie')
  return [...names.flatMap(bendsOfHeader), ...cookiesOf(replies).flatMap(cookieBends)]
}

function namesOf(replies: readonly Reply[]): string[] {
  return [...new Set(replies.flatMap(({ headers }) => headerPairs(headers).map(([name]) => name.toLowerCase())))]
}

function bendsOfHeader(name: string): ReplyBend[] {
  return [
    { word: `no-header-${name}`, title: `there is no ${name}`, change: (reply) => withoutHeader(reply, name) },
    {
      word: `other-header-${name}`,
      title: `${name} is another one`,
      change: inHeader(
        name,
        () => true,
        () => 'other',
      ),
    },
  ]
}

function cookiesOf(replies: readonly Reply[]): string[] {
  const lines = replies.flatMap(({ headers }) =>
    headerPairs(headers).filter(([name]) => name.toLowerCase() === 'set-cookie'),
  )
  return [...new Set(lines.flatMap(([, line]) => readSetCookie(line)?.name ?? []))]
}

/** What becomes of a cookie. */
export function cookieBends(name: string): ReplyBend[] {
  const bend = (word: string, title: string, change: (line: string) => string | undefined): ReplyBend => ({
    word: `${word}-cookie-${name}`,
    title: `the cookie ${name} ${title}`,
    change: inHeader('set-cookie', (line) => readSetCookie(line)?.name === name, change),
  })
  return [
    bend('no', 'is not set', () => undefined),
    bend('renamed', 'has another name', (line) => `OTHER_${line}`),
    bend('empty', 'is empty', (line) => line.replace(/=[^;]*/, '=')),
    bend('longer', 'has a 0 more', (line) => line.replace(/^[^;]*/, '$&0')),
    bend('ended', 'ends at once', (line) => `${withoutAttribute(line, 'max-age')}; Max-Age=0`),
    bend('no-path', 'has no path', (line) => withoutAttribute(line, 'path')),
    bend('other-path', 'is for another path', (line) => `${withoutAttribute(line, 'path')}; Path=/elsewhere`),
    bend(
      'other-domain',
      'is for another domain',
      (line) => `${withoutAttribute(line, 'domain')}; Domain=elsewhere.example`,
    ),
    bend('no-httponly', 'may be read by scripts', (line) => withoutAttribute(line, 'httponly')),
    bend('secure', 'is for HTTPS only', (line) => `${withoutAttribute(line, 'secure')}; Secure`),
    bend('not-secure', 'is for HTTP as well', (line) => withoutAttribute(line, 'secure')),
    bend('no-samesite', 'says nothing of other sites', (line) => withoutAttribute(line, 'samesite')),
    bend('samesite-none', 'is sent from every site', (line) => `${withoutAttribute(line, 'samesite')}; SameSite=None`),
  ]
}

function withoutAttribute(line: string, attribute: string): string {
  const [pair = '', ...rest] = line.split(';')
  return [pair, ...rest.filter((part) => part.trim().split('=', 1)[0]?.toLowerCase() !== attribute)].join(';')
}

/** Lines of a header told otherwise; undefined leaves one out. */
function inHeader(
  name: string,
  isMeant: (line: string) => boolean,
  change: (line: string) => string | undefined,
): ReplyBend['change'] {
  return (reply) => ({
    ...reply,
    headers: headerPairs(reply.headers).flatMap(([each, line]) => {
      if (each.toLowerCase() !== name || !isMeant(line)) return [each, line]
      const changed = change(line)
      return changed === undefined ? [] : [each, changed]
    }),
  })
}
