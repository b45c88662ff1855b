import type { Reach } from '../../../core/tracing.ts'
import { shell } from './shell.ts'

const { curl, hash, post, url, wayShowing } = shell

/** The statuses that the documented server has not. */
export const observedStatuses: { readonly [status: string]: Reach } = {
  'login 406': wayShowing('GC-O26', post('login', '{}', "-H 'accept: text/html'")),
  'login 500': wayShowing('GC-O25', curl('login', '-X POST')),
  'ssologin 406': wayShowing('GC-O26', curl('ssologin', "-H 'accept: application/json'")),
  'ssologin 415': wayShowing('GC-O26', curl('ssologin', "-H 'content-type: text/plain'")),
  'validate 406': wayShowing('GC-O26', curl('validate/1', "-H 'accept: text/html'")),
  'validate 415': wayShowing('GC-O26', curl('validate/1', "-H 'content-type: text/plain'")),
  'logout 406': wayShowing('GC-O26', curl('logout/1', "-X POST -H 'accept: text/html'")),
  'logout 415': wayShowing('GC-O26', curl('logout/1', '-d x')),
  'hashpassword 406': wayShowing('GC-O26', post('hashpassword', hash, "-H 'accept: text/html'")),
  'hashpassword 500': wayShowing('GC-O25', curl('hashpassword', '-X POST')),
  'matchpassword 406': wayShowing('GC-O26', post('matchpassword', hash, "-H 'accept: text/html'")),
  'matchpassword 500': wayShowing('GC-O25', curl('matchpassword', '-X POST')),
  'globalprefix 406': wayShowing('GC-O26', curl('globalprefix', "-H 'accept: text/html'")),
  'globalprefix 415': wayShowing('GC-O26', curl('globalprefix', "-H 'content-type: text/plain'")),
  'me 406': wayShowing('GC-O26', `curl -H 'accept: text/html' "${url}/rest/user/me?sid=1"`),
  'me 415': wayShowing('GC-O26', `curl -H 'content-type: text/plain' "${url}/rest/user/me?sid=1"`),
}
