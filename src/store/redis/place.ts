import { UnderstudyError } from '../../core/errors.ts'

/** Where a store is, and under which name. */
export interface RedisPlace {
  /** For the connection: it may hold a password. */
  readonly url: string
  /** For messages: without one. */
  readonly shown: string
  /** What every key begins with. Servers with the same one are one mock. */
  readonly prefix: string
  /** How to address another mock in the same Redis; for messages. */
  readonly beside: string
}

/** Reads `redis://host:port/0?prefix=name`. Throws ERR_USAGE, without showing a password. */
export function readPlace(text: string): RedisPlace {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    const said = url === undefined ? '' : `, not ${url.protocol}//…`
    throw new UnderstudyError('ERR_USAGE', `--store takes a URL such as redis://127.0.0.1:6379${said}.`)
  }
  const { prefix = 'understudy', ...others } = Object.fromEntries(url.searchParams)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new UnderstudyError('ERR_USAGE', `--store knows no "${unknown}" behind the question mark; there is prefix.`)
  }
  if (!/^[\w.-]{1,64}$/.test(prefix)) {
    throw new UnderstudyError(
      'ERR_USAGE',
      `The prefix of --store is up to 64 letters, digits, dots, hyphens and underscores, not ${JSON.stringify(prefix)}.`,
    )
  }
  const [, database = ''] = /^\/?(.*)$/.exec(url.pathname) ?? []
  if (!/^\d*$/.test(database)) {
    const message = `Behind the port of --store stands the number of a database, such as redis://127.0.0.1:6379/0, not "${database}".`
    throw new UnderstudyError('ERR_USAGE', message)
  }
  if (!isEncoded(url.username) || !isEncoded(url.password)) {
    const message = 'User and password of --store are percent-encoded: a percent sign is written as %25.'
    throw new UnderstudyError('ERR_USAGE', message)
  }
  url.search = ''
  url.hash = ''
  const shown = new URL(url)
  if (shown.password !== '') shown.password = '***'
  return { url: url.href, shown: shown.href, prefix, beside: `${shown.href.replace(/\/+$/, '')}?prefix=…` }
}

function isEncoded(text: string): boolean {
  try {
    // The bundler leaves out a call whose result nobody uses, and with it what it throws.
    return text === '' || decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}
