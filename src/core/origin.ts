import { UnderstudyError } from './errors.ts'
import { quoted } from './quoted.ts'

/** An origin as browsers write it. Throws ERR_USAGE for what is none, such as one with a slash or a path behind it. */
export function checkOrigin(text: unknown): string {
  const origin = typeof text === 'string' && URL.canParse(text) ? new URL(text).origin : 'null'
  // Sandboxed pages of whoever say that they are of the origin null.
  if (origin === text && origin !== 'null') return origin
  const meant = origin === 'null' ? '' : ` Did you mean "${origin}"?`
  const star = text === '*' ? ' Browsers refuse * where cookies are sent, so each origin has to be named.' : ''
  const message = `${quoted(text)} is no origin; it should look like http://localhost:5173.${star}${meant}`
  throw new UnderstudyError('ERR_USAGE', message)
}
