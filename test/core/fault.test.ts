import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  damage,
  describeFault,
  isProcessed,
  replacesReply,
  strike,
  type Fault,
  type FaultCall,
} from '../../src/core/fault.ts'
import type { HttpReply } from '../../src/core/http.ts'

const call: FaultCall = { api: 'secure-login', operation: 'auth', user: 'alice', at: 1000, seed: 7 }

function fault(spec: Partial<Fault>, id = 'f1'): Fault {
  return { id, on: '*', seen: 0, struck: 0, ...spec }
}

/** Which of so many equal calls a fault strikes. */
function strikes(spec: Partial<Fault>, calls: number, more: Partial<FaultCall> = {}): boolean[] {
  let faults: readonly Fault[] = [fault(spec)]
  return Array.from({ length: calls }, () => {
    const result = strike(faults, { ...call, ...more })
    faults = result.faults
    return result.struck !== undefined
  })
}

describe('strike', () => {
  it.each([
    ['*', true],
    ['secure-login.*', true],
    ['secure-login.auth', true],
    ['secure-login.user', false],
    ['sirportly.*', false],
    ['secure-login', false],
  ])('lets a fault on %s hit secure-login.auth: %s', (on, hits) => {
    expect(strikes({ on }, 1)).toEqual([hits])
  })

  it('hits only the user it names', () => {
    expect(strikes({ user: 'alice' }, 1)).toEqual([true])
    expect(strikes({ user: 'bob' }, 1)).toEqual([false])
    expect(strikes({ user: 'bob' }, 1, { user: undefined })).toEqual([false])
  })

  it('hits only the nth matching call', () => {
    expect(strikes({ nth: 3 }, 5)).toEqual([false, false, true, false, false])
  })

  it('hits at most so many times', () => {
    expect(strikes({ times: 2 }, 4)).toEqual([true, true, false, false])
  })

  it('ends at its instant, not a millisecond before', () => {
    expect(strikes({ endsAt: 1001 }, 1)).toEqual([true])
    expect(strikes({ endsAt: 1000 }, 1)).toEqual([false])
  })

  it('counts matching calls and strikes, and leaves others uncounted', () => {
    const faults = [fault({ on: 'secure-login.user' }), fault({ on: 'secure-login.auth' }, 'f2')]
    const { struck, faults: counted } = strike(faults, call)
    expect(struck?.id).toBe('f2')
    expect(counted.map(({ seen, struck: hits }) => [seen, hits])).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('strikes with the first that is due; the others see the call all the same', () => {
    const faults = [fault({ nth: 2 }), fault({ times: 1 }, 'f2'), fault({}, 'f3')]
    const first = strike(faults, call)
    const second = strike(first.faults, call)
    const third = strike(second.faults, call)
    expect([first, second, third].map(({ struck }) => struck?.id)).toEqual(['f2', 'f1', 'f3'])
    expect(third.faults.map(({ seen }) => seen)).toEqual([3, 3, 3])
  })

  it('draws chance by the seed: the same seed strikes the same calls, another seed others', () => {
    const draws = strikes({ probability: 0.5 }, 64)
    expect(strikes({ probability: 0.5 }, 64)).toEqual(draws)
    expect(strikes({ probability: 0.5 }, 64, { seed: 8 })).not.toEqual(draws)
  })

  it('strikes about as often as its probability says, never at 0, always at 1', () => {
    const share = strikes({ probability: 0.25 }, 2000).filter(Boolean).length / 2000
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.3)
    expect(strikes({ probability: 0 }, 100)).not.toContain(true)
    expect(strikes({ probability: 1 }, 100)).not.toContain(false)
  })

  it('draws for each fault by itself', () => {
    const both = (id: string): boolean[] =>
      Array.from(
        { length: 64 },
        (_, seen) => strike([fault({ probability: 0.5, seen }, id)], call).struck !== undefined,
      )
    expect(both('f1')).not.toEqual(both('f2'))
  })
})

describe('isProcessed', () => {
  it.each<[Partial<Fault>, boolean]>([
    [{ reply: { status: 503 } }, false],
    [{ break: 'reset' }, false],
    [{ break: 'truncate' }, true],
    [{ break: 'malformed' }, true],
    [{ delay: 100 }, true],
    [{ omit: 'state' }, true],
    [{ dropCookie: true }, true],
    [{ reply: { status: 503 }, processed: true }, true],
    [{ delay: 100, processed: false }, false],
  ])('for %j is %s', (spec, processed) => {
    expect(isProcessed(fault(spec))).toBe(processed)
  })
})

const json: HttpReply = {
  status: 200,
  headers: ['content-type', 'application/json', 'Set-Cookie', 'a=1', 'x-kept', 'yes', 'set-cookie', 'b=2'],
  body: '{"state":"blocked","blocked":{"reason":"brute_force","until":"2026-01-15T09:30:00Z"}}',
}

const noForm = (): undefined => undefined

describe('damage', () => {
  it('leaves a reply that is only delayed as it is', () => {
    expect(damage(fault({ delay: 100 }), json, noForm)).toEqual(json)
  })

  it('replaces status, headers and body', () => {
    expect(damage(fault({ reply: { status: 503 } }), json, noForm)).toEqual({
      status: 503,
      headers: [],
      body: undefined,
    })
    expect(damage(fault({ reply: { status: 502, body: 'bad gateway' } }), json, noForm)).toEqual({
      status: 502,
      headers: ['content-type', 'text/plain'],
      body: 'bad gateway',
    })
    expect(
      damage(fault({ reply: { status: 500, body: '<p>', contentType: 'text/html' } }), json, noForm).headers,
    ).toEqual(['content-type', 'text/html'])
  })

  it('leaves out a member, at any depth, and only that', () => {
    const without = (path: string): unknown => JSON.parse(String(damage(fault({ omit: path }), json, noForm).body))
    expect(without('state')).toEqual({ blocked: { reason: 'brute_force', until: '2026-01-15T09:30:00Z' } })
    expect(without('blocked.until')).toEqual({ state: 'blocked', blocked: { reason: 'brute_force' } })
  })

  it.each([
    'nothing',
    'blocked.nothing',
    'state.until',
    'nothing.until',
    '__proto__',
    '__proto__.x',
    'constructor.name',
  ])('changes no JSON when there is no member %s to leave out', (path) => {
    expect(JSON.parse(String(damage(fault({ omit: path }), json, noForm).body))).toEqual(JSON.parse(String(json.body)))
  })

  it('has nothing to leave out of a body that is no JSON object', () => {
    for (const body of ['plain', '[1]', '', undefined, new Uint8Array([1])]) {
      expect(damage(fault({ omit: 'state' }), { ...json, body }, noForm).body).toBe(body)
    }
  })

  it('makes a body that no parser takes, whatever JSON object or list it was', () => {
    const bodies = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()))
    fc.assert(
      fc.property(bodies, fc.nat(2), (body, indent) => {
        const whole = { ...json, body: JSON.stringify(body, null, indent) }
        const { body: spoilt } = damage(fault({ break: 'malformed' }), whole, noForm)
        expect(() => JSON.parse(spoilt) as unknown).toThrow(SyntaxError)
      }),
    )
  })

  it('drops every Set-Cookie line and no other header', () => {
    expect(damage(fault({ dropCookie: true }), json, noForm).headers).toEqual([
      'content-type',
      'application/json',
      'x-kept',
      'yes',
    ])
  })
})

describe('describeFault', () => {
  it('says what is done to which operation', () => {
    expect(describeFault(fault({ on: 'secure-login.auth', reply: { status: 503 } }))).toBe(
      'status 503 on secure-login.auth',
    )
    expect(describeFault(fault({ delay: 1500, break: 'truncate', omit: 'state', dropCookie: true }))).toBe(
      'a delay of 1s500ms and a truncated body and no member "state" and no cookie on *',
    )
  })
})

describe('replacesReply', () => {
  it('tells whether the answer is still the one of the contract', () => {
    expect(replacesReply(fault({ delay: 100 }))).toBe(false)
    for (const effect of [{ reply: { status: 503 } }, { break: 'reset' }, { omit: 'a' }, { dropCookie: true }] as const)
      expect(replacesReply(fault(effect))).toBe(true)
  })
})
