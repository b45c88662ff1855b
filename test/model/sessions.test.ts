import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../../src/core/http.ts'
import {
  beginSession,
  carriedId,
  idleTime,
  isOwnedBy,
  sessionView,
  useSession,
  type Carrier,
} from '../../src/model/sessions.ts'

const alice = { username: 'alice', sessionEpoch: 2 }
const now = 1_768_467_600_250

describe('a session', () => {
  const session = beginSession(alice, now)

  test('begins with its user, at an instant', () => {
    expect(session).toEqual({ username: 'alice', sessionEpoch: 2, openedAt: now, lastSeenAt: now - 250 })
  })

  test('changes once a second at most, however often it is used', () => {
    expect(useSession(session, now + 749)).toBe(session)
    expect(useSession(session, now + 750)).toEqual({ ...session, lastSeenAt: now + 750 })
  })

  test('is idle in whole seconds, and never for less than none', () => {
    expect([idleTime(session, now + 749), idleTime(session, now + 750), idleTime(session, now - 9000)]).toEqual([
      0, 1000, 0,
    ])
  })

  test('ends with all others of the user when the epoch is raised, and with the user', () => {
    expect(isOwnedBy(session, alice)).toBe(true)
    expect(isOwnedBy(session, { ...alice, sessionEpoch: 3 })).toBe(false)
    expect(isOwnedBy(session, undefined)).toBe(false)
  })

  test('is shown with its age while it lives', () => {
    expect(sessionView(session, 'live', now + 5000, { until: now + 9000, failures: 1 })).toEqual({
      username: 'alice',
      state: 'live',
      until: now + 9000,
      details: { openedAt: '2026-01-15T09:00:00Z', lastSeenAt: '2026-01-15T09:00:00Z', failures: 1, idleFor: '5s' },
    })
    expect(sessionView(session, 'expired', now, {})).toEqual({
      username: 'alice',
      state: 'expired',
      details: { openedAt: '2026-01-15T09:00:00Z', lastSeenAt: '2026-01-15T09:00:00Z' },
    })
  })
})

describe('the id of a session', () => {
  const request = (...headers: string[]): HttpRequest => ({
    method: 'GET',
    path: '/',
    query: '',
    headers,
    body: new Uint8Array(),
    address: '127.0.0.1',
  })

  test.each<[Carrier, HttpRequest, string | undefined]>([
    [{ cookie: 'sid' }, request('cookie', 'a=b; sid=c1'), 'c1'],
    [{ cookie: 'sid' }, request('cookie', 'side=c1'), undefined],
    [{ header: 'x-session' }, request('x-session', 'h1'), 'h1'],
    [{ header: 'x-session' }, request('cookie', 'x-session=c1'), undefined],
    ['bearer', request('authorization', 'Bearer t1.~+/-_=='), 't1.~+/-_=='],
    ['bearer', request('authorization', 'bearer  t1 '), 't1'],
    ['bearer', request('authorization', 'Bearer t1 t2'), undefined],
    ['bearer', request('authorization', 'Basic YTpi'), undefined],
    ['bearer', request(), undefined],
  ])('is carried as %j', (carrier, given, expected) => {
    expect(carriedId(given, carrier)).toBe(expected)
  })
})
