import { expect, test } from 'vitest'
import type { AnyApi } from '../../src/core/api.ts'
import { Answers } from '../../src/world/answers.ts'
import { Base } from '../../src/world/base.ts'
import { createWorld } from '../../src/index.ts'

test('what a world starts with is made when it is first asked for', async () => {
  const { scenario } = await createWorld()
  let sown = 0
  const api = {
    id: 'secure-login',
    seed: () => {
      sown++
      return new Map([['settings', { active: true }]])
    },
  } as unknown as AnyApi
  const base = new Base([api], scenario, 0, new Answers({} as never))
  expect(sown).toBe(0)
  expect(base.get('secure-login/settings')).toEqual({ active: true })
  expect([...base.keys()]).toEqual(['secure-login/settings'])
  expect(sown).toBe(1)
})
