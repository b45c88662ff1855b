import { describe, expect, it } from 'vitest'
import { unmet } from '../../src/contract/comparing/expected-answer.ts'
import { untilTold } from '../../src/contract/playing/until-told.ts'
import { WorldPlayer } from '../../src/contract/playing/oracle.ts'
import { Side } from '../../src/contract/playing/side.ts'
import { createWorld } from '../../src/index.ts'
import { secureLogin } from './checked.ts'

const answer = {
  status: 200,
  headers: ['content-type', 'application/json', 'retry-after', '30', 'set-cookie', 'SID=4711; Path=/'],
  body: JSON.stringify({ token: 'ab12', nothing: null, users: [{ name: 'lisa' }] }),
  at: 0,
}

describe('parts of an answer', () => {
  it.each([
    ['body.token', 'any'],
    ['body.nothing', 'any'],
    ['body.error', 'absent'],
    ['body.users.1', 'absent'],
    ['body.__proto__', 'absent'],
    ['header.x-none', 'absent'],
    ['cookie.SID', 'any'],
    ['cookie.OTHER', 'absent'],
    ['body.token', { like: '^[a-z0-9]{4}$' }],
    ['header.retry-after', { like: '^\\d+$' }],
    ['body.users.0.name', { like: 'isa' }],
  ] as const)('%s is %j', (place, part) => {
    expect(unmet({ parts: { [place]: part } }, answer)).toEqual([])
  })

  it.each([
    ['body.error', 'any', { where: 'body.error', how: 'missing', expected: 'anything', received: 'nothing' }],
    ['body.token', 'absent', { where: 'body.token', how: 'extra', expected: 'nothing', received: '"ab12"' }],
    ['cookie.SID', 'absent', { where: 'cookie SID', how: 'extra', expected: 'nothing', received: 'a cookie' }],
    [
      'body.users.0.name',
      { like: '^x' },
      { where: 'body.users[0].name', how: 'form', expected: 'like /^x/', received: '"lisa"' },
    ],
    ['body.users', { like: '.' }, { where: 'body.users', how: 'form', expected: 'like /./' }],
    ['header.x-none', { like: '.' }, { where: 'header x-none', how: 'missing' }],
  ] as const)('%s is not %j', (place, part, told) => {
    expect(unmet({ parts: { [place]: part } }, answer)).toEqual([expect.objectContaining(told)])
  })
})

describe('what was captured as until', () => {
  const margin = 1500

  /** How long is waited at 9:00:10, for a value that was captured at 9:00. */
  async function waitFor(value: string): Promise<number | undefined> {
    const world = await createWorld({ clock: { at: '2026-01-15T09:00:00Z', frozen: true } })
    const side = new Side(new WorldPlayer(world, secureLogin), new Map())
    const sent = { do: 'send', method: 'GET', path: '/', capture: { until: 'header.retry-after' } } as const
    side.take(sent, { status: 429, headers: ['retry-after', value], body: '', at: world.clock.now })
    world.clock.advance('10s')
    return untilTold({ side, answers: [] }, secureLogin.kit)
  }

  it.each([
    ['30', 20_000],
    ['90.5', 80_500],
    ['1m', 50_000],
    ['2026-01-15T09:01:00Z', 50_000],
    ['Thu, 15 Jan 2026 09:01:00 GMT', 50_000],
    ['1768467660', 50_000],
    ['1768467660000', 50_000],
    ['5', 0],
  ])('%s is waited for', async (value, ms) => {
    expect(await waitFor(value)).toBe(ms === 0 ? 0 : ms + margin)
  })

  it.each(['soon', '-5', 'Thu, 99 Jan 2026 09:01:00 GMT', '1e3'])('%s is nothing to wait for', async (value) => {
    await expect(waitFor(value)).rejects.toThrow('which is neither an instant nor a duration to wait for')
  })
})
