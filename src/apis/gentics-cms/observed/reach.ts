import type { Apart, Reach } from '../../../core/tracing.ts'

const url = '$UNDERSTUDY_GENTICS_CMS_URL'
const api = `${url}/rest/auth`
const observe = 'understudy api set gentics-cms dialect=observed'
const curl = (path: string, options = ''): string => `curl ${options === '' ? '' : `${options} `}"${api}/${path}"`
const post = (path: string, body: string, options = ''): string =>
  curl(path, `${options === '' ? '' : `${options} `}-H 'content-type: application/json' -d '${body}'`)
const logIn = post('login', '{"login":"node","password":"node"}', '-c jar')
// The first session of a scenario has the sid 1, and the jar its secret.
const token = '1$(tail -1 jar | cut -f7)'
const way = (...lines: readonly string[]): Reach => ({ way: [observe, ...lines].join('; ') })
const along = (...clauses: readonly string[]): Reach => ({ with: clauses })
const of = (clause: string, line: string): Reach => ({ way: `${observe}; ${line}`, of: clause })
const aboutOthers: Apart = { apart: 'a rule about other answers, which name their own clauses' }
const decided = ['GC-O6', 'GC-O8', 'GC-O11', 'GC-O16']
const hash = '{"password":"s3cret"}'

/** How the clauses of the open-source server are met. */
export const observedReach: { readonly [clause: string]: Reach | Apart } = {
  'GC-O1': along(...decided),
  'GC-O2': along(...decided, 'GC-O10', 'GC-O19', 'GC-O20'),
  'GC-O3': along(...decided, 'GC-O10', 'GC-O19', 'GC-O20'),
  'GC-O4': along(...decided, 'GC-O10', 'GC-O19', 'GC-O20'),
  'GC-O5': along('GC-O6', 'GC-O10'),
  'GC-O6': way(logIn),
  'GC-O7': way('understudy api set gentics-cms version=6.2.6', logIn),
  'GC-O8': way(post('login', '{"login":"node","password":"wrong"}')),
  'GC-O9': way('understudy api set gentics-cms maintenance=true', logIn),
  'GC-O10': way(logIn, curl(`validate/${token}`)),
  'GC-O11': way(logIn, curl('logout/1', '-b jar -X POST')),
  'GC-O12': way(curl('logout/1', '-X POST')),
  'GC-O13': way(logIn, curl('logout/1?allSessions=true', '-b jar -X POST')),
  'GC-O14': way(logIn, curl('ssologin?sid=1', '-b jar')),
  'GC-O15': way(
    `understudy api set gentics-cms sso='{"header":"x-sso-user"}'`,
    curl('ssologin', "-H 'x-sso-user: node'"),
  ),
  'GC-O16': way(post('hashpassword', hash)),
  'GC-O17': way(post('matchpassword', '{"password":"secret","hash":"none"}')),
  'GC-O18': way('understudy api set gentics-cms allowFrom=10.0.0.1', post('hashpassword', hash)),
  'GC-O19': way(curl('globalprefix')),
  'GC-O20': way(logIn, `curl -b jar "${url}/rest/user/me?sid=1"`),
  'GC-O21': way(`curl "${url}/rest/user/me?sid=1"`),
  'GC-O22': along('GC-O6', 'GC-O13', 'GC-O14'),
  'GC-O23': way(logIn, 'understudy clock advance 2h', curl(`validate/${token}`)),
  'GC-O24': way(post('login', '{"user":"node"}')),
  'GC-O25': way(curl('login', '-X POST')),
  'GC-O26': way(curl('login', '-d login=node')),
  'GC-O27': way(curl('globalprefixes')),
  'GC-O28': way(post('hashpassword?sid=x', hash)),
  'GC-O29': aboutOthers,
  'GC-O30': aboutOthers,
  'GC-O31': along('GC-O18'),
}

/** The statuses that the documented server has not. */
export const observedStatuses: { readonly [status: string]: Reach } = {
  'login 406': of('GC-O26', post('login', '{}', "-H 'accept: text/html'")),
  'login 500': of('GC-O25', curl('login', '-X POST')),
  'ssologin 406': of('GC-O26', curl('ssologin', "-H 'accept: application/json'")),
  'ssologin 415': of('GC-O26', curl('ssologin', "-H 'content-type: text/plain'")),
  'validate 406': of('GC-O26', curl('validate/1', "-H 'accept: text/html'")),
  'validate 415': of('GC-O26', curl('validate/1', "-H 'content-type: text/plain'")),
  'logout 406': of('GC-O26', curl('logout/1', "-X POST -H 'accept: text/html'")),
  'logout 415': of('GC-O26', curl('logout/1', '-d x')),
  'hashpassword 406': of('GC-O26', post('hashpassword', hash, "-H 'accept: text/html'")),
  'hashpassword 500': of('GC-O25', curl('hashpassword', '-X POST')),
  'matchpassword 406': of('GC-O26', post('matchpassword', hash, "-H 'accept: text/html'")),
  'matchpassword 500': of('GC-O25', curl('matchpassword', '-X POST')),
  'globalprefix 406': of('GC-O26', curl('globalprefix', "-H 'accept: text/html'")),
  'globalprefix 415': of('GC-O26', curl('globalprefix', "-H 'content-type: text/plain'")),
  'me 406': of('GC-O26', `curl -H 'accept: text/html' "${url}/rest/user/me?sid=1"`),
  'me 415': of('GC-O26', `curl -H 'content-type: text/plain' "${url}/rest/user/me?sid=1"`),
}
