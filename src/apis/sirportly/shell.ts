import { authenticatePath } from './paths.ts'

const url = `$UNDERSTUDY_SIRPORTLY_URL${authenticatePath}`

/** The lines for a shell by which clauses are met, with the default scenario. */
export const shell = {
  url,
  signIn: (form: string): string => `curl -H 'x-auth-application: help-app' -d '${form}' ${url}`,
  /** What somebody signs in with, in an account. */
  at: (username: string, account = 'atech'): string => `username=${username}&password=s3cret&account=${account}`,
  networks: 'understudy scenario use sirportly-networks',
}
