import type { Journey } from '../../../core/journey.ts'
import { authPath, mePath } from '../wire.ts'
import {
  alive,
  arrange,
  credentials,
  get,
  hash,
  jsonHeaders,
  login,
  logout,
  match,
  me,
  nora,
  observed,
  post,
  sso,
} from '../journey-words.ts'

const plain = { 'content-type': 'text/plain' }
const loginPath = `${authPath}/login`

/** What the framework of the open-source server does with requests, before and after any operation. */
export const observedFormJourneys: readonly Journey[] = [
  observed('bodies', 'a body that is malformed, of a wrong shape or missing is refused, and nothing changes', nora, [
    login('browser'),
    post(loginPath, '{"login":', { shows: 'GC-O24' }),
    post(loginPath, '{"login":"{username}","password":"{password}","remember":true}', { shows: 'GC-O24' }),
    post(loginPath, '{"login":"{username}","password":["{password}"]}', { shows: 'GC-O24' }),
    post(loginPath, '[]', { shows: 'GC-O24' }),
    post(loginPath, 'null', { shows: 'GC-O25' }),
    post(loginPath, undefined, { headers: jsonHeaders, shows: 'GC-O25' }),
    hash('{sid}', '{"password":', { in: 'browser', shows: 'GC-O24' }),
    hash('{sid}', '{"userId":1}', { in: 'browser', shows: 'GC-O25' }),
    match('{sid}', '{"password":', { in: 'browser', shows: 'GC-O24' }),
    match('{sid}', '{"hash":"hash"}', { in: 'browser', shows: 'GC-O25' }),
    hash('{sid}', '{"password":7,"userId":"7"}', { in: 'browser', shows: 'GC-O24' }),
    alive,
  ]),
  observed('types', 'what is no JSON, or is not to be, is refused', nora, [
    login('browser'),
    post(loginPath, credentials, { headers: plain, shows: 'GC-O26' }),
    post(`${authPath}/logout/{sid}`, undefined, { in: 'browser', headers: plain, shows: 'GC-O26' }),
    get(`${authPath}/globalprefix`, { headers: plain, shows: 'GC-O26' }),
    get(`${authPath}/globalprefix`, { headers: { accept: 'text/html' }, shows: 'GC-O26' }),
    sso('ssologin', { headers: { accept: 'application/json' }, shows: 'GC-O26' }),
    alive,
  ]),
  observed('endpoints', 'there are no other endpoints, and no other methods', {}, [
    get(`${authPath}/nothing`),
    get(`${authPath}/hashpassword`),
    post(`${authPath}/globalprefix`, '{}'),
    post(`${authPath}/loginwithrsa`, '{}'),
  ]),
  observed('order', 'path, method, type, Accept, parameters and body are looked at in this order', nora, [
    login('browser'),
    post(`${authPath}/nothing`, '{', { headers: { ...plain, accept: 'text/html' }, shows: 'GC-O30' }),
    post(`${authPath}/globalprefix`, '{', { headers: { ...plain, accept: 'text/html' }, shows: 'GC-O30' }),
    hash('number', '{', { headers: { ...plain, accept: 'text/html' }, shows: 'GC-O30' }),
    hash('number', '{', { headers: { ...jsonHeaders, accept: 'text/html' }, shows: 'GC-O30' }),
    hash('number', '{', { in: 'browser', shows: 'GC-O28' }),
    match('1.5', '{"password":"secret"}', { in: 'browser', shows: 'GC-O28' }),
  ]),
  observed('suffix', 'suffixes and a last slash make no difference', nora, [
    { ...login('browser', { shows: 'GC-O29' }), path: `${authPath}/login.json?sid=0` },
    { ...alive, path: `${authPath}/validate/{sid}{secret}.json`, shows: 'GC-O29' },
    { ...alive, path: `${authPath}/validate/{sid}{secret}/`, shows: 'GC-O29' },
    get(`${mePath}.json?sid={sid}`, { in: 'browser', shows: 'GC-O29' }),
    get(`${authPath}/globalprefix.xml`, { shows: 'GC-O29' }),
    get(`${authPath}/globalprefix/`, { shows: 'GC-O29' }),
    get(`${authPath}/globalprefix?filter-contenttype=text/json`, { shows: 'GC-O29' }),
    logout('browser', '{sid}.json', { shows: 'GC-O29' }),
    me('browser', '{sid}', { shows: 'GC-27' }),
  ]),
  observed('messages', 'a message tells how grave it is and when it was sent', nora, [
    // First, so that a server which cannot take messages away is not given any.
    arrange('no messages of the CMS'),
    arrange('a message of the CMS', { sender: '{username}' }),
    get(`${authPath}/globalprefix`, { shows: 'GC-X19' }),
    arrange('no messages of the CMS'),
  ]),
]
