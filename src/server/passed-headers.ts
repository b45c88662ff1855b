import { headerPairs, headerValues, type HeaderList } from '../core/http.ts'
import { worldHeader } from '../core/world-header.ts'
import { tokenCookie } from './control-gate.ts'

/** Between whom headers go to and fro. */
export interface Passage {
  /** The server behind, such as `https://staging.example`. */
  readonly behind: string
  /** What the client calls this server, such as `http://localhost:4010`. */
  readonly here: string
  /** What the control API asks for. */
  readonly adminToken: string | undefined
}

/** Of one connection only (RFC 9110, 7.6.1), and what has been answered already. */
const ofOneHop: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** What the server behind is sent: nothing that is this server's own, and its own name where a page of this one asks. */
export function toBehind(headers: HeaderList, passage: Passage): [name: string, value: string][] {
  return endToEnd(headers).flatMap(([written, value]): [string, string][] => {
    const name = written.toLowerCase()
    if (name === 'host' || name === worldHeader) return []
    if (name === 'cookie') {
      const others = value.split(';').filter((pair) => !isOwnCookie(pair))
      return others.length === 0 ? [] : [[name, others.join(';').trim()]]
    }
    if (name === 'authorization' && passage.adminToken !== undefined && value.includes(passage.adminToken)) return []
    if (name === 'origin' && value === passage.here) return [[name, passage.behind]]
    if (name === 'referer' && value.startsWith(`${passage.here}/`))
      return [[name, passage.behind + value.slice(passage.here.length)]]
    return [[name, value]]
  })
}

function isOwnCookie(pair: string): boolean {
  const name = pair.split('=', 1)[0]?.trim()
  return name === tokenCookie || name === worldHeader
}

/** What the client is sent: redirects that stay here, and cookies that a browser keeps for this server. */
export function fromBehind(headers: HeaderList, passage: Passage): HeaderList {
  return endToEnd(headers).flatMap(([name, value]) => {
    const known = name.toLowerCase()
    if (known === 'location') return [name, toHere(value, passage)]
    return [name, known === 'set-cookie' ? keepable(value, passage) : value]
  })
}

function toHere(location: string, { behind, here }: Passage): string {
  if (!URL.canParse(location)) return location
  const { origin } = new URL(location)
  return origin === behind ? here + location.slice(location.indexOf('//') + 2).replace(/^[^/?#]*/, '') : location
}

/**
 * A cookie line without the domain, which is another's. Over HTTP also without what wants HTTPS, but for names that a browser
 * takes with it only.
 */
function keepable(line: string, { here }: Passage): string {
  const [pair = '', ...attributes] = line.split(';')
  const isPlain = here.startsWith('http:') && !/^\s*__(secure|host)-/i.test(pair)
  const kept = attributes.filter((attribute) => {
    const text = attribute.trim().toLowerCase()
    if (/^domain\s*(=|$)/.test(text)) return false
    return !isPlain || !/^(secure|partitioned|samesite\s*=\s*none)$/.test(text)
  })
  return [pair, ...kept].join(';')
}

/** Without what is of one connection only, by these names or by those that `Connection` lists. */
export function endToEnd(headers: HeaderList): [name: string, value: string][] {
  const named = headerValues(headers, 'connection').flatMap((value) => value.toLowerCase().split(','))
  const hop = new Set([...ofOneHop, ...named.map((name) => name.trim())])
  return headerPairs(headers).filter(([name]) => !hop.has(name.toLowerCase()) && !name.startsWith(':'))
}
