import { UnderstudyError } from './errors.ts'
import { quoted } from './quoted.ts'

/**
 * Where a client finds its server, without a slash at the end: a URL, or in a page a path of its own origin. Throws ERR_USAGE
 * for what is neither; `taker` is who was given it.
 */
export function checkBaseUrl(taker: string, given: unknown, example: string): string {
  const base = typeof given === 'string' ? given.replace(/\/+$/, '') : undefined
  if (base !== undefined && (base === '' || base.startsWith('/') || /^https?:\/\/[^/]/i.test(base))) return base
  const what = given === undefined ? 'none was given' : `${quoted(given)} is none`
  throw new UnderstudyError('ERR_USAGE', `${taker} needs a base URL such as ${example}; ${what}.`)
}
