import { describe, expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import type { AnyApi } from '../../src/core/api.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'
import { apiIssues } from '../../src/scenario/api-issues.ts'
import { turnstile } from '../example-api/api.ts'

/** What a project's file may export, whatever the compiler would say of it. */
const given = (...apis: readonly unknown[]): { apis: readonly AnyApi[] } => ({ apis: apis as readonly AnyApi[] })

describe('a list of APIs', () => {
  test('names who plays: ids of this package, and others as they are', async () => {
    const world = await createWorld(
      { turnstile: { users: { b7: { code: '4711' } } } },
      { apis: ['secure-login', turnstile] },
    )
    expect(world.apis.map(({ id }) => id)).toEqual(['secure-login', 'turnstile'])
    expect(world.turnstile.user('b7').view().state).toBe('open')
    expect(world.secureLogin.id).toBe('secure-login')
    // @ts-expect-error
    expect(() => world.sirportly).toThrow('Sirportly does not play')
    const answer = await createFetch(world)('http://hall.example/turnstile/enter?badge=b7&code=4711', {
      method: 'POST',
    })
    expect(answer.status).toBe(204)
  })

  test('lets only those play, whatever scenarios know of others', async () => {
    const world = await createWorld('default', { apis: [turnstile] })
    expect(world.apis.map(({ id }) => id)).toEqual(['turnstile'])
    const alone = await createWorld({ turnstile: {}, apis: ['turnstile'] }, { apis: [turnstile] })
    expect(alone.turnstile.title).toBe('Turnstile')
  })

  test('types what a scenario says of them', async () => {
    // @ts-expect-error
    await expect(createWorld({ turnstile: { usres: {} } }, { apis: [turnstile] })).rejects.toThrow('"users"')
    const faults = [{ on: 'turnstile.entre', delay: '1s' }] as const
    // @ts-expect-error
    const wrong = (): Promise<unknown> => createWorld({ faults }, { apis: [turnstile] })
    await expect(wrong()).rejects.toThrow('Did you mean "turnstile.enter"?')
  })

  test('takes what is bent, and what is of this package already', async () => {
    const { secureLogin } = registry
    const world = await createWorld('default', { apis: [secureLogin, 'secure-login', turnstile, turnstile] })
    expect(world.apis.map(({ id }) => id)).toEqual(['secure-login', 'turnstile'])
  })
})

describe('an API that is none', () => {
  const lacking = ['seed', 'wrongMethodClause']
  const some = Object.fromEntries(Object.entries(turnstile).filter(([name]) => !lacking.includes(name)))

  test.each<[what: string, apis: readonly unknown[], words: readonly string[]]>([
    ['is no object', [42], ['The API apis[0] cannot be used: one thing is wrong.', 'An API is an object, with id']],
    ['is null', [null], ['An API is an object, with id']],
    ['lacks members', [some], ['The API turnstile cannot be used: 2 things', 'seed: is missing; it takes a function']],
    ['has a member of another kind', [{ ...turnstile, claims: '/turnstile' }], ['claims: takes a regular expression']],
    ['has a misspelt member', [{ ...turnstile, viewSesion: () => 1 }], ['Did you mean "viewSession"?']],
    [
      'has an operation that lacks its step',
      [{ ...turnstile, operations: [{ ...turnstile.operations[0], step: undefined }] }],
      ['operations[0].step: is missing; it takes a function'],
    ],
    [
      'has a path without a slash',
      [{ ...turnstile, operations: [{ ...turnstile.operations[0], paths: ['enter'] }] }],
      ['operations[0].paths: takes a list of paths, each beginning with /'],
    ],
    ['has no operation', [{ ...turnstile, operations: [] }], ['operations: takes a list of operations']],
    [
      'plays a clause that is none',
      [{ ...turnstile, wrongMethodClause: 'TS-U2' }],
      ['"TS-U2" is none of its clauses.'],
    ],
    ['has the id of another', [turnstile, { ...turnstile, title: 'Gate' }], ['id: "turnstile" is the id of Turnstile']],
    ['has an id of ours', [{ ...turnstile, id: 'secure-login' }], ['"secure-login" is the id of Secure Login as well']],
    ['has an id that scenarios need', [{ ...turnstile, id: 'people' }], ['"people" is a member of every scenario']],
    ['has an id that worlds need', [{ ...turnstile, id: 'requests' }], ['"requests" would hide `world.requests`']],
    [
      'has a clause of another',
      [turnstile, { ...turnstile, id: 'gate' }],
      ['"TS-01" is a clause of Turnstile as well'],
    ],
    [
      'has a provider state of another',
      [{ ...turnstile, providerStates: { 'a blocked user': {} } }],
      ['providerStates.a blocked user: Secure Login has a state of this name as well'],
    ],
    ['mounts nowhere', [{ ...turnstile, mount: () => 'turnstile' }], ['mount: returns "turnstile", which is no path']],
    ['throws when it is asked', [{ ...turnstile, mount: () => JSON.parse('{') }], ['mount: throws: ']],
    ['has no id', [{ ...turnstile, id: 'Turn Stile' }], ['id: takes lower case letters, digits and hyphens']],
  ])('because it %s is refused, with the member', async (_, apis, words) => {
    const made = createWorld('default', given(...apis))
    await expect(made).rejects.toMatchObject({ code: 'ERR_API_INVALID' })
    for (const word of words) await expect(made).rejects.toThrow(word)
  })

  test('because it answers what another that plays answers is refused, with both operations', async () => {
    const clauses = turnstile.clauses.map((clause) => ({ ...clause, id: `G-${clause.id}` }))
    const gate = { ...turnstile, id: 'gate', clauses, wrongMethodClause: 'G-TS-U1' }
    const both = createWorld('default', given(turnstile, gate))
    await expect(both).rejects.toThrow(
      'apis: POST /turnstile/enter is answered by turnstile.enter and gate.enter: let one of them play, or give one another path',
    )
    const apart = await createWorld({ gate: { path: '/gate' } } as object, given(turnstile, gate))
    expect(apart.apis).toHaveLength(2)
  })

  test.each(Object.values(registry))('is not $id', (api) => {
    expect(apiIssues(api)).toEqual([])
  })
})
