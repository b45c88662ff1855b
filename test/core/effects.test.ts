import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { check } from '../../src/core/check.ts'
import type { Effect } from '../../src/core/effect.ts'
import { effectList, effects, type FaultEffect } from '../../src/core/effects.ts'
import { formatIssue } from '../../src/core/errors.ts'
import {
  damage,
  describeFault,
  hasEffect,
  isProcessed,
  replacesReply,
  wayOf,
  type Fault,
} from '../../src/core/fault.ts'
import { object } from '../../src/core/field.ts'
import type { HttpReply } from '../../src/core/http.ts'
import { effectFieldAt, writtenEffect } from '../../src/core/written-effect.ts'
import { faultField } from '../../src/world/fault-field.ts'

const answer: HttpReply = {
  status: 200,
  headers: ['content-type', 'application/json', 'set-cookie', 'a=1'],
  body: '{"state":"enter"}',
}

function fault(effect: FaultEffect): Fault {
  return { id: 'f1', on: '*', seen: 0, struck: 0, ...effect }
}

function struck(effect: FaultEffect): HttpReply {
  const error = (): HttpReply => ({ status: 500, headers: [], body: 'the error' })
  return damage(fault(effect), answer, error)
}

describe.each(effectList)('the effect %s', (name, effect) => {
  const { value, issues } = check(faultField, { on: '*', ...parse(effect.example) })

  it('does what its example says, which fits its field', () => {
    expect(issues.map(formatIssue)).toEqual([])
    expect(Object.keys(value ?? {})).toEqual(['on', name])
    expect(value !== undefined && hasEffect(value)).toBe(true)
  })

  it('is told, and changes the answer or its way, if it is not a delay, for which it counts no more as the contract’s', () => {
    const given = fault(value as FaultEffect)
    expect(describeFault(given)).not.toContain('nothing')
    const isChanged = JSON.stringify([struck(given), wayOf(given)]) !== JSON.stringify([answer, {}])
    expect([isChanged, replacesReply(given)]).toEqual([true, name !== 'delay'])
  })

  it('has options and offers for members that it has', () => {
    for (const { at } of [...effect.options, ...effect.offers])
      expect(effectFieldAt(name, at)?.about).toBeTypeOf('string')
    for (const offer of effect.offers) {
      const part = writtenEffect(name, offer.at, 'value' in offer ? offer.value : offer.usual)
      const read = check(faultField, { on: '*', ...part })
      expect(read.issues.map(formatIssue)).toEqual([])
      expect(read.value !== undefined && hasEffect(read.value)).toBe(true)
    }
  })
})

describe('effects together', () => {
  it('are done in their order: what stands further up can be changed further down', () => {
    const headers = { 'Content-Type': 'text/plain', 'Set-Cookie': 'b=2' }
    expect(struck({ contentType: 'text/html', headers, dropCookie: true, omit: 'state' })).toEqual({
      status: 200,
      headers: ['Set-Cookie', 'b=2', 'content-type', 'text/html'],
      body: '{}',
    })
    expect(
      struck({ reply: { status: 503, body: '{"a":1,"b":2}' }, omit: 'a', headers: { 'Retry-After': '5' } }),
    ).toEqual({
      status: 503,
      headers: ['content-type', 'text/plain', 'Retry-After', '5'],
      body: '{"b":2}',
    })
  })

  it('spoil the body last, and tell the host all that it has to do', () => {
    const given = fault({ break: 'malformed', omit: 'state', delay: 5 })
    expect(damage(given, { ...answer, body: '{"state":1,"b":2}' }, () => undefined).body).toBe('{"b"{"')
    expect(wayOf(given)).toMatchObject({ delayMs: 5 })
    expect(wayOf(fault({ break: 'reset', delay: 5 }))).toEqual({ delayMs: 5, broken: 'reset' })
  })

  it('have the status of the reply and the words of the error', () => {
    expect(struck({ reply: { status: 418 }, error: { code: 'X' } })).toMatchObject({ status: 418, body: 'the error' })
    expect(struck({ error: { code: 'X' } })).toMatchObject({ status: 500, body: 'the error' })
  })

  it('leave the answer be where the API has no words for the error', () => {
    expect(damage(fault({ error: { code: 'X' } }), answer, () => undefined)).toEqual(answer)
  })
})

describe('values that change nothing', () => {
  const idle: readonly FaultEffect[] = [
    { delay: 0 },
    { omit: '' },
    { dropCookie: false },
    { headers: {} },
    { error: {} },
    {},
  ]

  test.each(idle)('%j is no effect, and makes no contract’s answer another', (effect) => {
    expect(hasEffect(effect)).toBe(false)
    expect(describeFault(fault(effect))).toBe('nothing on *')
    expect(replacesReply(fault({ ...effect, delay: 5 }))).toBe(false)
    expect(isProcessed(fault(effect))).toBe(true)
    expect([struck(effect), wayOf(fault(effect))]).toEqual([answer, {}])
  })
})

test('an answer whose work was not done is not the contract’s, though only late', () => {
  expect(replacesReply({ ...fault({ delay: 5 }), processed: false })).toBe(true)
})

test('an effect that leaves out a part does not compile, nor a table that leaves out an effect', () => {
  const { words: _words, ...wordless } = effects.omit
  // @ts-expect-error -- Its words are missing.
  const mute: Effect<string> = wordless
  const { omit: _omit, ...others } = effects
  // @ts-expect-error -- What omits members is missing.
  const short: typeof effects = others
  expect([mute.example, short.delay]).toEqual([effects.omit.example, effects.delay])
})

describe('headers', () => {
  const read = (headers: unknown): string[] =>
    check(object({ headers: effects.headers.field }, { about: 'a fault' }), { headers }).issues.map(formatIssue)

  it.each([
    { 'Retry-After': 120 },
    { 'Retry-After': 'Fri, 31 Dec 1999 23:59:59 GMT' },
    { 'X-Empty': '' },
    { 'set-cookie': 'a=1; Path=/' },
    { __proto__x: 'y' },
  ])('may be %j', (headers) => {
    expect(read(headers)).toEqual([])
  })

  it.each([
    [{ 'Retry After': '1' }, 'headers.Retry After: "Retry After" is not a header that an answer can be given'],
    [{ '': '1' }, 'is not a header'],
    [{ Connection: 'close' }, '"Connection" is not a header'],
    [{ 'transfer-encoding': 'chunked' }, 'is not a header'],
    [{ 'Content-Length': 7 }, 'is not a header'],
    [{ Date: 'now' }, 'is not a header'],
    [{ 'X-Understudy-Clause': 'SL-03' }, 'is not a header'],
    [{ 'X-A': 'one\r\nX-B: two' }, 'headers.X-A: "one\\r\\nX-B: two" is not the value of a header'],
    [{ 'X-A': ' a' }, 'is not the value of a header'],
    [{ 'X-A': 'é' }, 'is not the value of a header'],
    [{ 'X-A': 1.5 }, 'is not text; put it in quotes'],
    [{ 'X-A': null }, 'null is not text'],
    [['Retry-After: 120'], 'is not a map'],
  ])('may not be %j', (headers, words) => {
    const issues = read(headers)
    expect(issues).toHaveLength(1)
    expect(issues[0]).toContain(words)
  })

  it('take the place of the answer’s own whatever the case of their names, but for cookies', () => {
    expect(struck({ headers: { 'CONTENT-TYPE': 'text/x', 'Set-Cookie': 'b=2' } }).headers).toEqual([
      'set-cookie',
      'a=1',
      'CONTENT-TYPE',
      'text/x',
      'Set-Cookie',
      'b=2',
    ])
  })

  it('are told with what they say, but for what may be a secret', () => {
    expect(effects.headers.words({ 'Retry-After': '120', 'Set-Cookie': 'sid=4711', 'X-Api-Token': 'abc' })).toBe(
      'the header Retry-After: 120, Set-Cookie, X-Api-Token',
    )
  })
})
