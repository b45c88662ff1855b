import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { genticsCms as api } from './checked.ts'
import type { Journey } from '../../src/core/journey.ts'
import type { Account } from '../../src/core/kit.ts'
import {
  bent,
  broken,
  clausesNotShown,
  mistaken,
  otherwise,
  passesOnTheMock,
  playOnMocks,
  rewritten,
  rewrittenHeaders,
  type Bend,
  type Staging,
} from './journeys.suite.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const rsa = { publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })) }
/** Later than both clocks. */
const until = Date.UTC(2030, 0, 1) / 1000

const accounts: { readonly [role: string]: Account } = {
  user: { role: 'user', username: 'nora node', password: 'secret "and" more', facts: { id: 12_345 } },
  admin: { role: 'admin', username: 'ada' },
  'no-groups': { role: 'no-groups', username: 'otto' },
  sso: { role: 'sso', username: 'sam', facts: { ssoToken: 'token-of-sam' } },
  signed: {
    role: 'signed',
    username: 'rita',
    facts: {
      salt: 'pepper',
      expirationTimestamp: until,
      rsaSignature: createSign('RSA-SHA256').update(`ritapepper${until}`).sign(privateKey, 'base64'),
    },
  },
}

/** Sessions of somebody else, so that the subject's numbers are others. */
const elsewhere = {
  sessions: [{ user: 'crowd-1', sid: 4711 }],
  crowd: 1,
  globalPrefix: 'B012',
}

const documented: Staging = {
  about: 'in the documented dialect',
  settings: { rsa },
  account: (role) => accounts[role] as Account,
  elsewhere,
}
const observed: Staging = {
  about: 'in the observed dialect',
  settings: { dialect: 'observed', sessionFor: '15m', secureCookies: true, trustProxy: true },
  account: (role) => accounts[role] as Account,
  elsewhere,
}
const older: Staging = {
  about: 'in the observed dialect before 6.2.7',
  settings: { dialect: 'observed', version: '6.2.6' },
  account: (role) => accounts[role] as Account,
  elsewhere,
}
const stagings = [documented, observed, older]

describe('passes on the mock', () => {
  passesOnTheMock(api, stagings)
})

const notShown = {
  'GC-X4': 'no request is sure to arrive in the very second in which a session ends',
  'GC-X18': 'it promises nothing',
  'GC-X24': 'an answer that is like this shows another clause',
}

test('every clause is shown, but for those that cannot be', async () => {
  expect(await clausesNotShown(api, stagings)).toEqual(Object.keys(notShown))
})

/** What is found broken without the journeys that hash passwords, which takes long. */
function found(bend?: Bend, staging = documented, some = /\.(?!hash|listed|suffix|dear)/): ReturnType<typeof broken> {
  return broken(api, staging, bend, some)
}

describe('notices', () => {
  it('a secret of 14 characters', async () => {
    const clauses = await found(rewrittenHeaders(/(GCN_SESSION_SECRET=.{14})./, '$1'))
    expect(Object.keys(clauses)).toEqual(['GC-14'])
    expect(clauses['GC-14']).toEqual(expect.arrayContaining(['login', 'cookie', 'token']))
  })

  it('a cookie that scripts can read', async () => {
    const clauses = await found(rewrittenHeaders('; HttpOnly', ''))
    expect(clauses['GC-15']).toContain('login')
  })

  it('the number of a session that is no text', async () => {
    const clauses = await found(rewritten(/"sid":"(\d+)"/, '"sid":$1'))
    expect(clauses).toEqual({ 'GC-03': expect.arrayContaining(['login', 'token', 'rsa']) })
  })

  it('a failure with a status of its own', async () => {
    const unauthorized = bent(({ body }) => (body.includes('"NOTFOUND"') ? { status: 401 } : {}))
    expect(await found(unauthorized)).toEqual({
      'GC-13': ['failures', 'wrong-password', 'enumeration', 'no-groups', 'left-out', 'cookie', 'rsa', 'rsa-refused'],
    })
  })

  it('tokens that are valid whatever they are', async () => {
    expect(Object.keys(await found(rewritten('INVALIDDATA', 'OK')))).toEqual(
      expect.arrayContaining(['GC-20', 'GC-23', 'GC-26', 'GC-27', 'GC-X5']),
    )
  })

  it('a logout that ends nothing', async () => {
    const said = '{"messages":[],"responseInfo":{"responseCode":"OK","responseMessage":"Bye."}}'
    const asleep = otherwise((subject) => ({
      send: async (call) => {
        if (!/logout\/\d+$/.test(call.path)) return subject.send(call)
        const answered = await subject.send({ ...call, method: 'GET', path: '/rest/auth/globalprefix' })
        return { ...answered, status: 201, body: said }
      },
    }))
    expect(await found(asleep)).toMatchObject({
      'GC-20': ['failures', 'logout-refused', 'age'],
      'GC-27': ['shared-secret', 'logout'],
    })
  })

  it('a logout of all that ends one', async () => {
    const one = mistaken(({ path }) => ({ path: path.replace('allSessions=true', 'allSessions=false') }))
    expect(await found(one)).toEqual({ 'GC-20': ['logout-of-all'] })
  })

  it('a logout of one that ends all', async () => {
    const all = mistaken(({ path }) => ({ path: path.replace(/(logout\/\d+)(\?.*)?$/, '$1?allSessions=true') }))
    const silent = bent((_, { path }) =>
      path.includes('/logout/') ? { headers: ['content-type', 'application/json'] } : {},
    )
    expect(await found((subject) => silent(all(subject)))).toEqual({
      'GC-05': ['shared-secret', 'logout-of-one'],
      'GC-20': ['logout-of-all'],
      'GC-X6': ['logout'],
      'GC-X10': ['odd-logouts'],
    })
  })

  it('a login that never goes on with a session', async () => {
    const anew = mistaken(({ path }) => ({ path: path.replace(/\/login\?sid=\d+$/, '/login?sid=0') }))
    expect(await found(anew)).toEqual({
      'GC-03': ['goes-on', 'goes-on-as'],
      'GC-24': ['sso'],
    })
  })

  it('a login whose number was given before', async () => {
    let first: string | undefined
    const stuck = bent(({ body }) => ({ body: body.replace(/"sid":"\d+"/, (sid) => (first ??= sid)) }))
    const clauses = await found(stuck)
    expect(clauses['GC-03']).toContain('own-secrets')
  })

  it('sessions that grow old too late, or too early', async () => {
    const ageing = (sessionFor: string): Staging => ({ ...documented, elsewhere: { ...elsewhere, sessionFor } })
    expect(await found(undefined, ageing('2h'))).toEqual({ 'GC-23': ['age'], 'GC-X3': ['validated-age'] })
    expect(await found(undefined, ageing('30m'))).toEqual({ 'GC-23': ['no-age', 'validated-age'] })
  })

  it('maintenance that keeps nobody out', async () => {
    const clauses = await found(otherwise(() => ({ arrange: async () => ({}) })))
    expect(clauses['GC-18']).toEqual(['maintenance'])
  })

  it('another dialect', async () => {
    const clauses = await found(undefined, { ...documented, elsewhere: { ...elsewhere, dialect: 'observed' } })
    expect(clauses).toMatchObject({ 'GC-09': expect.arrayContaining(['statuses']), 'GC-04': ['rsa', 'rsa-refused'] })
  })

  it.each<[what: string, bend: Bend, clause: string, journey: string]>([
    ['a hash of another kind', rewritten('"hash":"$2a', '"hash":"$2b'), 'GC-21', 'hash'],
    ['every password that matches', rewritten('"FAILURE"', '"OK"'), 'GC-07', 'hash'],
    ['users without groups', rewritten(/"groups":\[.*\],"login"/, '"login"'), 'GC-X21', 'user'],
    [
      'words that tell an unknown user',
      bent(({ body }, call) => (call.body?.includes('nobody') ? { body: body.replace('with these', 'like') } : {})),
      'GC-X23',
      'enumeration',
    ],
    ['a prefix of five characters', rewritten('"B012"', '"B0123"'), 'GC-22', 'prefix'],
    ['a kind of message that there is not', rewritten('"type":"WARNING"', '"type":"ERROR"'), 'GC-11', 'messages'],
    ['groups without children', rewritten(/,"children":\[\]/g, ''), 'GC-10', 'user'],
    ['a responseInfo without words', rewritten(/,"responseMessage":"[^"]*"/, ''), 'GC-12', 'login'],
    ['an SSO answer in JSON', rewritten(/^NOTFOUND$/, '{"sid":null}'), 'GC-02', 'sso'],
    ['somebody else', rewritten('"login":"nora node"', '"login":"ada"'), 'GC-03', 'login'],
  ])('%s', async (_, bend, clause, journey) => {
    const clauses = await found(bend, documented, new RegExp(`\\.${journey}$`))
    expect(clauses).toEqual({ [clause]: [journey] })
  })
})

describe('notices of the open-source server', () => {
  it.each<[what: string, bend: Bend, clause: string, journey: string]>([
    [
      'a POST that answers 201',
      bent(({ status }, { method }) => (method === 'POST' && status === 200 ? { status: 201 } : {})),
      'GC-O1',
      'statuses',
    ],
    ['a login in a user', rewritten(/"user" : \{/, '"user" : { "password" : "x",'), 'GC-O5', 'login'],
    ['no inBackground', rewritten(/,\s*"inBackground" : false/, ''), 'GC-O4', 'statuses'],
    ['a cookie for every site', rewrittenHeaders('SameSite=Lax', 'SameSite=None'), 'GC-O22', 'statuses'],
    ['tokens that are valid whatever they are', rewritten('"INVALIDDATA"', '"OK"'), 'GC-26', 'token'],
    ['another failure', rewritten('"NOTFOUND"', '"FAILURE"'), 'GC-O8', 'wrong-password'],
    ['who is let in with a wrong password', rewritten('"NOTFOUND"', '"OK"'), 'GC-25', 'wrong-password'],
    ['hashes for everybody', rewritten(/"FAILURE"/, '"OK"'), 'GC-06', 'hash-refused'],
    [
      'an Allow header',
      bent(({ status, headers }) => (status === 405 ? { status: 404, headers } : {})),
      'GC-O27',
      'endpoints',
    ],
    [
      'unknown members that are let pass',
      bent(({ status }) => (status === 400 ? { status: 200 } : {})),
      'GC-O24',
      'bodies',
    ],
    ['a missing body that is 400', bent(({ status }) => (status === 500 ? { status: 400 } : {})), 'GC-O25', 'bodies'],
    ['a 401 in JSON', rewritten('invalid sid', '{"responseInfo":{}}'), 'GC-O21', 'me'],
  ])('%s', async (_, bend, clause, journey) => {
    const clauses = await found(bend, observed, new RegExp(`\\.observed-${journey}$`))
    expect(clauses).toEqual({ [clause]: [`observed-${journey}`] })
  })
})

test('the signature with which the kit is tried is right', async () => {
  const { trial, journeys } = api.kit
  const account = (role: string): Account => ({ role, username: 'nora', facts: trial.facts })
  const signed = journeys.find(({ id }) => id === 'gentics-cms.rsa') as Journey
  const { exchanges } = await playOnMocks(api, signed, { about: 'the trial', settings: trial.settings, account })
  expect(exchanges.map(({ meaning }) => meaning.clause)).toEqual(['GC-04', 'GC-S1', 'GC-04', 'GC-U2'])
})
