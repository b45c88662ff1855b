import { readFileSync } from 'node:fs'
import { checkedApis } from './checked.ts'

/** Why nothing notices some answers that are told otherwise. */
interface Reason {
  /** Every clause if left out. */
  readonly of?: RegExp
  readonly words: RegExp
  readonly why: string
}

/** The mutants of replies of an API that nothing notices, by clause: what their ids end with. */
export function survivorsOf(api: string): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(fileOf(api), 'utf8')
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [clause = '', words = ''] = line.split(': ')
        return [clause, words.split(' ')]
      }),
  )
}

export function fileOf(api: string): URL {
  return new URL(`survivors/${api}.txt`, import.meta.url)
}

/** How many there may be at most; less is better. */
export const most: { readonly [api: string]: number } = { 'secure-login': 542, sirportly: 133, 'gentics-cms': 2234 }

const notStatus = /^(?!status-|redirect$|login-page$)/
const ownProblem = 'the mock tells in its own form what no contract speaks of: only the status counts'

export const reasons: { readonly [api: string]: readonly Reason[] } = {
  'secure-login': [
    statusOnly('secure-login'),
    { words: /^fraction-/, why: 'the same instant in another spelling' },
    { of: /^SL-X5$/, words: /./, why: 'journeys send texts, and this takes bytes that are none' },
    { of: /^SL-U20$/, words: /./, why: 'raising a CAPTCHA would lock people out of the host' },
    { of: /^SL-(06|H1)$/, words: /-cookie-/, why: 'how the host sets its cookies is its own business, if they work' },
    { of: /^SL-H[12]$/, words: /-header-x-seraph/, why: 'a header of the host that nobody needs' },
    { of: /^SL-H1$/, words: /loginInfo|session\.value/, why: "the host's own counts, times and ids" },
    { of: /^SL-08$/, words: /^(message|wrapped)$/, why: 'an answer may have more than an empty object' },
  ],
  sirportly: [
    { of: /^SP-X13$/, words: notStatus, why: ownProblem },
    { of: /^SP-0[56]$/, words: /users?\./, why: 'who somebody is differs from server to server' },
    { of: /^SP-05$/, words: /^only-invite_code-of-users$/, why: 'who has no invite_code stays as told' },
    { words: /^(longer|blank)-(message|ip)$/, why: 'compared is what a message names, in whatever words' },
    { of: /^SP-(U8|X15)$/, words: /^(lower|is-adam)-username$/, why: 'the journey sends just that' },
  ],
  'gentics-cms': [
    statusOnly('gentics-cms'),
    { of: /^GC-O7$/, words: /./, why: 'journeys are tried on the newest version' },
    { of: /^GC-(U3|U6|X1|X11)$/, words: notStatus, why: ownProblem },
    { words: /messages(\.|$)/, why: 'few journeys meet messages, and whose they are differs' },
    { words: /user\.(?!id$|login$)/, why: 'who somebody is differs from server to server' },
    { of: /^GC-(04|O7)$/, words: /^more-user\.id$/, why: 'who somebody is differs from server to server' },
    { words: /password/, why: 'no journey is tried where passwords are told' },
    { words: /responseInfo\.responseMessage$/, why: 'a message may have any words' },
    { words: /-cookie-/, why: 'where it comes back from the same host, journeys do not look at how' },
    { of: /^GC-17$/, words: notStatus, why: 'no journey meets the answer of single sign-on by this clause' },
    { of: /^GC-17$/, words: /^status-201$/, why: 'only single sign-on answers this clause with 200' },
    { of: /^GC-O27$/, words: /-header-allow$|^type-json$/, why: 'no journey meets a wrong method' },
    { of: /^GC-O15$/, words: /^is-NOTFOUND$/, why: 'no journey meets it where the system knows nobody' },
  ],
}

function statusOnly(id: string): Reason {
  const clauses = checkedApis.find((api) => api.id === id)?.kit.statusOnly ?? []
  return {
    of: new RegExp(`^(${clauses.join('|')})$`),
    words: notStatus,
    why: 'of such an answer only the status is the contract',
  }
}
