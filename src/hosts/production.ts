import { UnderstudyError } from '../core/errors.ts'

// Bundlers put the value in the place of exactly this expression, so it is neither bracketed nor asked for first.
declare const process: { readonly env: { readonly NODE_ENV?: string } }

/** Whether this program was built or started for production. */
export function isProduction(): boolean {
  try {
    return process.env.NODE_ENV === 'production'
  } catch {
    // A page that no bundler went over has no process.
    return false
  }
}

/** Throws ERR_PRODUCTION in a program that was built or started for production, unless that is meant. */
export function refuseInProduction(what: string, meant: boolean): void {
  if (meant || !isProduction()) return
  throw new UnderstudyError(
    'ERR_PRODUCTION',
    `${what} would let everybody in with the passwords of a mock, and NODE_ENV is "production". ` +
      'Leave auth-understudy out of what you ship, or pass { production: true } if this is what you want.',
  )
}
