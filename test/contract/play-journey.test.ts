import { expect, test } from 'vitest'
import { genticsCms as api } from './checked.ts'
import { NotReachedError } from '../../src/contract/playing/player.ts'
import type { Journey } from '../../src/core/journey.ts'
import { otherwise, playOnMocks, rewritten, type Staging } from './journeys.suite.ts'

const staging: Staging = {
  about: 'as it comes',
  settings: {},
  account: (role) => ({ role, username: 'nora' }),
}
const journey = (id: string): Journey => api.kit.journeys.find((candidate) => candidate.id === id) as Journey
const maintenance = journey('gentics-cms.maintenance')

test('a journey that fails leaves the server in the states it would have left it in', async () => {
  const arranged: string[] = []
  const noting = otherwise((subject) => ({
    arrange: (state, params) => {
      arranged.push(state)
      return subject.arrange(state, params)
    },
  }))
  const lenient = rewritten('MAINTENANCEMODE', 'OK')
  const result = await playOnMocks(api, maintenance, staging, (subject) => noting(lenient(subject)))
  expect(result.outcome).toBe('failed')
  expect(arranged).toEqual(['the CMS is under maintenance', 'the CMS is not under maintenance'])
})

test('a journey that a target cannot be put into the states of is not reached', async () => {
  const helpless = otherwise(() => ({
    arrange: async () => {
      throw new NotReachedError('the target has no way to arrange states')
    },
  }))
  const result = await playOnMocks(api, maintenance, staging, helpless)
  expect(result).toMatchObject({ outcome: 'not reached', because: 'the target has no way to arrange states' })
})

test('a journey about other settings is not reached, and sends nothing', async () => {
  const result = await playOnMocks(api, journey('gentics-cms.observed-login'), staging)
  expect(result).toMatchObject({
    outcome: 'not reached',
    because: 'it needs a server with dialect: "observed"',
    exchanges: [],
  })
})

test('codes are asked for only where they are sent', async () => {
  const forgetful = otherwise(() => ({ code: () => Promise.reject(new Error('asked for a code')) }))
  const result = await playOnMocks(api, journey('gentics-cms.login'), staging, forgetful)
  expect(result.outcome).toBe('passed')
})
