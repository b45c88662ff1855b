import type { Journey } from '../../core/journey.ts'
import { authPath, mePath } from './wire.ts'
import {
  jsonHeaders,
  wrongSecret,
  get,
  post,
  login,
  cookie,
  alive,
  logout,
  sso,
  hash,
  match,
  anywhere,
  arrange,
  journey,
  nora,
} from './journey-words.ts'

/** What the contract says of passwords, of the global prefix, and of requests that mean nothing. */
export const furtherJourneys: readonly Journey[] = [
  journey('hash', 'a password is hashed, and matches its hash', nora, [
    login('browser'),
    hash('{sid}', '{"password":"a \\"secret\\"","userId":{userId}}', { in: 'browser', capture: { hash: 'body.hash' } }),
    match('{sid}', '{"password":"a \\"secret\\"","hash":"{hash}"}', { in: 'browser' }),
    match('{sid}', '{"password":"another","hash":"{hash}"}', { in: 'browser', shows: 'GC-07' }),
    match('{sid}', '{"password":"a \\"secret\\"","hash":"hash"}', { in: 'browser' }),
  ]),
  journey('equal-passwords', 'equal passwords have hashes that do not tell so', nora, [
    login('browser'),
    hash('{sid}', '{"password":"secret","userId":{userId}}', { in: 'browser', capture: { hash: 'body.hash' } }),
    hash('{sid}', '{"password":"secret","userId":{userId}}', { in: 'browser', shows: 'GC-X22' }),
  ]),
  journey('hash-of-nobody', 'without the id of a user there is only the hash', nora, [
    login('browser'),
    hash('{sid}', '{"password":"secret"}', { in: 'browser', shows: 'GC-X12' }),
  ]),
  journey('hash-refused', 'passwords are not hashed and matched for anonymous callers', nora, [
    login('browser'),
    hash('{sid}', '{"password":"secret","userId":{userId}}', { in: 'browser', capture: { hash: 'body.hash' } }),
    hash('{sid}', '{"password":"secret","userId":{userId}}', { shows: 'GC-06' }),
    hash('{sid}', '{"password":"secret","userId":{userId}}', {
      headers: { ...jsonHeaders, ...cookie(wrongSecret) },
      shows: 'GC-06',
    }),
    match('{sid}', '{"password":"secret","hash":"{hash}"}', { shows: 'GC-07' }),
    match('0', '{"password":"secret","hash":"{hash}"}', { in: 'browser', shows: 'GC-07' }),
  ]),
  journey('listed-address', 'passwords are hashed and matched for addresses on the list', {}, [
    arrange('addresses that the CMS lets hash passwords'),
    hash('0', '{"password":"secret"}', { capture: { hash: 'body.hash' }, shows: 'GC-21' }),
    match('0', '{"password":"secret","hash":"{hash}"}', { shows: 'GC-21' }),
    arrange('addresses that the CMS lets hash passwords', { allowFrom: [] }),
    hash('0', '{"password":"secret"}', { shows: 'GC-06' }),
  ]),
  journey('dear-hash', 'a hash that takes seconds to match is not tried', nora, [
    login('browser'),
    match('{sid}', `{"password":"secret","hash":"$2a$15$${'.'.repeat(53)}"}`, { in: 'browser', shows: 'GC-X13' }),
  ]),
  anywhere('prefix', 'anybody is told the global prefix', {}, [get(`${authPath}/globalprefix`, { shows: 'GC-08' })]),
  journey('messages', 'a message tells what it is about, how grave it is, and who sent it', nora, [
    // First, so that a server which cannot take messages away is not given any.
    arrange('no messages of the CMS'),
    arrange('a message of the CMS', { sender: '{username}' }),
    get(`${authPath}/globalprefix`, { shows: 'GC-11' }),
    login('browser', { shows: 'GC-X19' }),
    arrange('no messages of the CMS'),
    get(`${authPath}/globalprefix`, { shows: 'GC-U5' }),
  ]),
  journey('suffix', 'a suffix .json makes no difference', nora, [
    { ...login('browser', { shows: 'GC-X2' }), path: `${authPath}/login.json?sid=0` },
    { ...alive, path: `${authPath}/validate/{sid}{secret}.json`, shows: 'GC-X2' },
    get(`${mePath}.json?sid={sid}`, { in: 'browser', shows: 'GC-X2' }),
    get(`${authPath}/globalprefix.json`, { shows: 'GC-X2' }),
    sso('ssologin.json?sid={sid}', { in: 'browser', shows: 'GC-X2' }),
    hash('{sid}', '{"password":"secret"}', {
      in: 'browser',
      shows: 'GC-X2',
      path: `${authPath}/hashpassword.json?sid={sid}`,
    }),
    logout('browser', '{sid}.json', { shows: 'GC-X2' }),
    { ...alive, shows: 'GC-27' },
  ]),
  journey('malformed', 'what is no JSON is refused, and nothing changes', nora, [
    login('browser'),
    post(`${authPath}/login`, '{"login":', { shows: 'GC-U3' }),
    post(`${authPath}/login`, 'login={username}', { headers: { 'content-type': 'text/plain' }, shows: 'GC-U3' }),
    hash('{sid}', '[]', { in: 'browser', shows: 'GC-U3' }),
    hash('number', '{"password":"secret"}', { in: 'browser', shows: 'GC-U6' }),
    match('number', '{"password":"secret","hash":"hash"}', { in: 'browser', shows: 'GC-U6' }),
    hash('{sid}', '{"userId":1}', { in: 'browser', shows: 'GC-X11' }),
    alive,
  ]),
  journey('order', 'the body is looked at before the caller', {}, [hash('0', '{"password":', { shows: 'GC-X14' })]),
  journey('endpoints', 'there are no other endpoints, and no other methods', {}, [
    get(`${authPath}/nothing`, { shows: 'GC-X1' }),
    get(`${authPath}/hashpassword`, { shows: 'GC-X1' }),
    post(`${authPath}/globalprefix`, '{}', { shows: 'GC-X1' }),
  ]),
]
