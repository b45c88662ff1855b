import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Router } from '../../src/core/route.ts'

const target = (
  id: string,
  methods: string[],
  ...paths: string[]
): { id: string; methods: string[]; paths: string[] } => ({
  id,
  methods,
  paths,
})

const router = new Router([
  {
    owner: 'jira',
    mount: '/jira',
    targets: [
      target('read', ['GET', 'HEAD'], '/session'),
      target('end', ['DELETE'], '/session'),
      target('any', [], '/any', '/anything'),
    ],
  },
  {
    owner: 'control',
    mount: '/__understudy',
    targets: [
      target('user', ['GET'], '/users/{api}/{username}'),
      target('change', ['PUT'], '/users/{api}/{username}'),
      target('dotted', ['GET'], '/a.b/{name}'),
      target('mine', ['GET'], '/users/me/now'),
    ],
  },
])

/** The id of what was found, or the methods that would have been, or nothing. */
function found(method: string, path: string): unknown {
  const route = router.find(method, path)
  if (route.kind === 'found') return route.target.id
  return route.kind === 'wrong-method' ? route.allow : undefined
}

const segments = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019.~-_%!')), minLength: 1 })

describe('Router', () => {
  it.each([
    ['GET', '/jira/session', 'read'],
    ['HEAD', '/jira/session', 'read'],
    ['DELETE', '/jira/session', 'end'],
    ['POST', '/jira/session', ['GET', 'HEAD', 'DELETE']],
    ['get', '/jira/session', ['GET', 'HEAD', 'DELETE']],
    ['PURGE', '/jira/anything', 'any'],
    ['GET', '/jira/session/', undefined],
    ['GET', '/session', undefined],
    ['GET', '/JIRA/session', undefined],
    ['GET', '', undefined],
    ['GET', '/__understudy/users/x/y', 'user'],
    ['PUT', '/__understudy/users/x/y', 'change'],
    ['POST', '/__understudy/users/x/y', ['GET', 'PUT']],
    ['GET', '/__understudy/users/x', undefined],
    ['GET', '/__understudy/users/x/y/z', undefined],
    ['GET', '/__understudy/users//y', undefined],
    ['GET', '/__understudy/users/me/now', 'mine'],
    ['GET', '/__understudy/a.b/c', 'dotted'],
    ['GET', '/__understudy/aXb/c', undefined],
    ['GET', '/__understudy/users/{api}/{username}', 'user'],
  ])('answers %s %s with %j', (method, path, expected) => {
    expect(found(method, path)).toEqual(expected)
  })

  it('hands over what the placeholders stand for, still encoded, and whose the target is', () => {
    fc.assert(
      fc.property(segments, fc.string({ minLength: 1 }), (api, name) => {
        const username = encodeURIComponent(name.replace(/[^ -~]/g, '_'))
        const route = router.find('GET', `/__understudy/users/${api}/${username}`)
        expect(route).toMatchObject({ kind: 'found', owner: 'control' })
        expect(route.kind === 'found' && { ...route.params }).toEqual({ api, username })
      }),
    )
  })

  it('takes a placeholder that is spelt out for a value like any other', () => {
    const route = router.find('GET', '/__understudy/a.b/{name}')
    expect(route.kind === 'found' && { ...route.params }).toEqual({ name: '{name}' })
  })

  it('never throws, whatever the path', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary-ascii' }), (method, path) => {
        expect(router.find(method, path).kind).toBe('unknown')
      }),
    )
  })
})
