import type { Reach } from '../../../core/tracing.ts'

const url = '$UNDERSTUDY_GENTICS_CMS_URL'
const api = `${url}/rest/auth`
const observe = 'understudy api set gentics-cms dialect=observed'
const curl = (path: string, options = ''): string => `curl ${options === '' ? '' : `${options} `}"${api}/${path}"`
const post = (path: string, body: string, options = ''): string =>
  curl(path, `${options === '' ? '' : `${options} `}-H 'content-type: application/json' -d '${body}'`)

/** The lines for a shell by which the clauses of the open-source server are met. */
export const shell = {
  url,
  curl,
  post,
  logIn: post('login', '{"login":"node","password":"node"}', '-c jar'),
  // The first session of a scenario has the sid 1, and the jar its secret.
  token: '1$(tail -1 jar | cut -f7)',
  hash: '{"password":"s3cret"}',
  /** Clauses of which any will do to show how answers are formed. */
  decided: ['GC-O6', 'GC-O8', 'GC-O11', 'GC-O16'],
  way: (...lines: readonly string[]): Reach => ({ way: [observe, ...lines].join('; ') }),
  wayShowing: (clause: string, line: string): Reach => ({ way: `${observe}; ${line}`, of: clause }),
}
