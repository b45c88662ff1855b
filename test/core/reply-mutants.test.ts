import { describe, expect, it } from 'vitest'
import type { AnyMutant, Bendable } from '../../src/core/mutant.ts'
import { mutate } from '../../src/core/mutant.ts'
import { replyMutants, type Example } from '../../src/core/reply-mutants.ts'
import type { Reply } from '../../src/core/step.ts'

const json = ['content-type', 'application/json']
const answer = (body: unknown, more: Partial<Example> = {}): Example => ({
  status: 200,
  headers: json,
  body: JSON.stringify(body),
  ...more,
})

function wordsOf(mutants: readonly AnyMutant[]): string[] {
  return mutants.map(({ id }) => id.replace('api.A-1.', ''))
}

/** The words that bend a member of an answer, and what becomes of the body. */
function bodies(body: unknown): { readonly [word: string]: unknown } {
  const mutants = replyMutants('api', { 'A-1': [answer(body)] })
  return Object.fromEntries(
    mutants.flatMap((mutant) => {
      const bent = bentBy(mutant, { ...answer(body), clause: 'A-1', because: 'so' })
      return typeof bent.body === 'string' && bent.status === 200 && /^[[{"\dn]/.test(bent.body)
        ? [[wordsOf([mutant])[0], parsed(bent.body)]]
        : []
    }),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function apiOf(reply: Partial<Reply>): Bendable<unknown> {
  const told: Reply = { status: 200, headers: [], body: undefined, clause: 'A-1', because: 'so', ...reply }
  return {
    operations: [
      { id: 'ask', methods: ['GET'], paths: ['/'], summary: '', step: () => ({ reply: told, changes: [] }) },
    ],
    unknownPath: () => told,
    elsewhere: () => ({ reply: told, changes: [] }),
    wrongMethodClause: 'A-1',
  }
}

function bentBy(mutant: AnyMutant, reply: Partial<Reply>): Reply {
  const [operation] = mutate(apiOf(reply), mutant).operations
  return operation?.step(undefined as never, undefined as never, { random: undefined } as never).reply as Reply
}

describe('mutants of a reply', () => {
  it('tell the status otherwise, and what comes instead of an answer where nobody is logged in', () => {
    const words = wordsOf(replyMutants('api', { 'A-1': [{ status: 401, headers: [] }] }))
    expect(words).toContain('status-403')
    expect(words).not.toContain('status-401')
    expect(words).toEqual(expect.arrayContaining(['redirect', 'login-page', 'message', 'empty-object', 'page']))
    // There is nothing to leave out, or to say another type of.
    expect(words).not.toContain('bodiless')
    expect(words).not.toContain('type-html')
  })

  it('tell the body and its type otherwise', () => {
    const words = wordsOf(replyMutants('api', { 'A-1': [answer({ on: true })] }))
    expect(words).toEqual(expect.arrayContaining(['bodiless', 'cut', 'type-plain', 'untyped', 'null', 'wrapped']))
    expect(words).not.toContain('type-json')
    expect(wordsOf(replyMutants('api', { 'A-1': [{ status: 200, headers: [], body: 'NONE' }] }))).toEqual(
      expect.arrayContaining(['lower', 'quoted', 'longer', 'type-json']),
    )
  })

  it('tell each member otherwise, however deep, and in every item of a list', () => {
    expect(bodies({ ok: true, user: { first_name: 'Ada', tags: [{ id: 1 }, { id: 2 }] } })).toMatchObject({
      'bare-user': { first_name: 'Ada', tags: [{ id: 1 }, { id: 2 }] },
      'flat-user': { ok: true, first_name: 'Ada', tags: [{ id: 1 }, { id: 2 }] },
      'only-first_name-of-user': { ok: true, user: 'Ada' },
      'renamed-user': { userValue: { first_name: 'Ada' } },
      'no-user.first_name': { user: { tags: [{ id: 1 }, { id: 2 }] } },
      'renamed-user.first_name': { user: { firstName: 'Ada' } },
      'upper-user.first_name': { user: { first_name: 'ADA' } },
      'empty-user.tags': { user: { tags: [] } },
      'first-user.tags': { user: { tags: [{ id: 1 }] } },
      'single-user.tags': { user: { tags: { id: 1 } } },
      'null-user.tags.id': { user: { tags: [{ id: null }, { id: null }] } },
      'text-user.tags.id': { user: { tags: [{ id: '1' }, { id: '2' }] } },
      'more-user.tags.id': { user: { tags: [{ id: 2 }, { id: 3 }] } },
    })
  })

  it('spell instants as others do', () => {
    expect(bodies({ at: '2026-01-15T09:00:00Z' })).toMatchObject({
      'no-zone-at': { at: '2026-01-15T09:00:00' },
      'offset-at': { at: '2026-01-15T10:00:00+01:00' },
      'local-at': { at: '2026-01-15T10:00:00Z' },
      'milliseconds-at': { at: 1_768_467_600_000 },
      'seconds-at': { at: 1_768_467_600 },
      'date-at': { at: 'Thu, 15 Jan 2026 09:00:00 GMT' },
      'early-at': { at: '2026-01-15T08:50:00Z' },
    })
    expect(bodies({ at: 1_768_467_600_000 })).toMatchObject({ 'iso-at': { at: '2026-01-15T09:00:00Z' } })
  })

  it('put the words of other answers in the place of a word', () => {
    const examples = { 'A-1': [answer({ is: 'OPEN' })], 'A-2': [answer({ is: 'SHUT' })] }
    const words = wordsOf(replyMutants('api', examples).filter(({ clause }) => clause === 'A-1'))
    expect(words).toEqual(expect.arrayContaining(['is-SHUT-is', 'lower-is']))
    expect(words).not.toContain('is-OPEN-is')
  })

  it('leave headers out, and have browsers take cookies otherwise', () => {
    const headers = ['allow', 'GET', 'set-cookie', 'SID=1; Path=/; HttpOnly']
    const mutants = replyMutants('api', { 'A-1': [{ status: 204, headers }] })
    const bent = (word: string): readonly string[] | undefined => {
      const mutant = mutants.find(({ id }) => id === `api.A-1.${word}`)
      return mutant && bentBy(mutant, { headers }).headers
    }
    expect(bent('no-header-allow')).toEqual(headers.slice(2))
    expect(bent('no-cookie-SID')).toEqual(headers.slice(0, 2))
    expect(bent('no-httponly-cookie-SID')?.[3]).toBe('SID=1; Path=/')
    expect(bent('other-path-cookie-SID')?.[3]).toBe('SID=1; HttpOnly; Path=/elsewhere')
    expect(bent('not-secure-cookie-SID')).toBeUndefined()
  })

  it('are none that change nothing, nor two that change the same', () => {
    // What is told without the object around it is no more than the object.
    const answers = [answer({ user: { is: 'OPEN' } }), answer({ user: { is: 'OPEN', at: null } })]
    const mutants = replyMutants('api', { 'A-1': answers })
    const all = mutants.map((mutant) => JSON.stringify(answers.map((each) => untitled(bentBy(mutant, each)))))
    expect(all).not.toContain(JSON.stringify(answers.map((each) => untitled(each))))
    expect(new Set(all).size).toBe(mutants.length)
    expect(new Set(wordsOf(mutants)).size).toBe(mutants.length)
  })

  it('are played under the settings without which nobody gets what they change', () => {
    const old = answer({ old: 1 }, { under: { revision: 'old', mood: 'odd' } })
    const mutants = replyMutants('api', { 'A-1': [answer({ on: true }), old, { ...old, under: { revision: 'old' } }] })
    const under = (word: string): unknown => mutants.find(({ id }) => id === `api.A-1.${word}`)?.under
    expect(under('no-old')).toEqual({ revision: 'old' })
    expect(under('no-on')).toBeUndefined()
    expect(under('bodiless')).toBeUndefined()
  })

  it('bend the answers of one clause, whoever gives them, and say so', () => {
    const [mutant] = replyMutants('api', { 'A-1': [{ status: 404, headers: [] }] })
    const api = mutate(apiOf({ status: 404 }), mutant as AnyMutant)
    const because = 'bent by the mutant api.A-1.status-200: the status is 200; without it 404 by A-1: so'
    const told = { status: 200, because }
    expect(api.unknownPath('/nothing', {})).toMatchObject(told)
    expect(api.elsewhere?.(undefined as never, undefined as never, undefined as never)?.reply).toMatchObject(told)
    const request = { method: 'PUT', path: '/' } as never
    expect(api.unrouted?.(request, { allow: ['GET'] }, {}, 0)).toMatchObject({ status: 200, clause: 'A-1' })
    expect(api.unrouted?.(request, { allow: undefined }, {}, 0)).toBeUndefined()
    expect(bentBy(mutant as AnyMutant, { status: 404, clause: 'A-2' })).toMatchObject({ status: 404, because: 'so' })
  })
})

function untitled({ status, headers, body }: Pick<Reply, 'status' | 'headers'> & Partial<Reply>): unknown {
  return [status, headers, body]
}
