import { expect, it } from 'vitest'
import { Answers, type AnswererLoaders } from '../../src/world/answers.ts'
import { multipart } from '../../src/world/multipart.ts'

const never = (): Promise<never> => Promise.reject(new Error('not asked here'))
const loaders: AnswererLoaders = {
  totp: async () => () => '123456',
  person: never,
  multipart: async () => multipart,
  'bcrypt-hash': never,
  'bcrypt-match': never,
  'rsa-verify': never,
}

it('takes null for an answer: a body that is no form is asked about once', async () => {
  const answers = new Answers(loaders)
  const question = { kind: 'multipart', contentType: 'multipart/form-data', body: 'no form' } as const
  let attempts = 0
  const answer = await answers.until((ask) => {
    attempts++
    if (attempts > 5) throw new Error('asked for ever')
    return [ask(question), ask({ kind: 'totp', secret: 'JBSWY3DP', counter: 1 })]
  })
  expect(answer).toEqual([null, '123456'])
  expect(attempts).toBe(3)
})
