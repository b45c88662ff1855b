import { UnderstudyError } from '../core/errors.ts'

/** The server behind, from what was written. Throws ERR_USAGE for what is no origin. */
export function fallbackUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw refuse(text, 'is no URL of a server; it should look like http://localhost:8080.')
  // Not repeated: it would be printed, and in a log for good.
  if (url.username !== '' || url.password !== '')
    throw new UnderstudyError(
      'ERR_USAGE',
      'The fallback takes no user and password in its URL: clients send their own.',
    )
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw refuse(text, `has more than an origin; paths are passed on as they are. Did you mean "${url.origin}"?`)
  return url
}

function refuse(text: string, why: string): UnderstudyError {
  return new UnderstudyError('ERR_USAGE', `The fallback ${JSON.stringify(text)} ${why}`)
}
