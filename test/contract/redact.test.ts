import { describe, expect, it } from 'vitest'
import type { CheckFinding } from '../../src/contract/telling/findings.ts'
import { secureLogin } from './checked.ts'
import { Redactor } from '../../src/contract/telling/redact.ts'

const redactor = new Redactor({
  api: secureLogin,
  secrets: ['open "sesame" &1', 'abc', 'abcdef', '42'],
})
const shown = (where: string, received: string): string =>
  redactor.difference({ where, how: 'value', expected: 'x', received }).received

describe('a secret is taken out of a text', () => {
  it.each([
    ['as it is', 'it is open "sesame" &1!', 'it is ***!'],
    ['as JSON spells it', String.raw`{"a":"open \"sesame\" &1"}`, '{"a":"***"}'],
    ['as URLs spell it', '/x?p=open%20%22sesame%22%20%261', '/x?p=***'],
    ['as forms spell it', 'p=open+%22sesame%22+%261&q=1', 'p=***&q=1'],
    ['whole, where a shorter one is a part of it', 'abcdef abc', '*** ***'],
    ['unless it is so short that it stands everywhere', '42 items', '42 items'],
  ])('%s', (_, text, clean) => {
    expect(redactor.text(text)).toBe(clean)
  })
})

describe('of a difference', () => {
  it.each([
    ['a member that is a secret is masked', 'body.session.value', '"F00BAR"', '***'],
    ['what is wrong with such a member is told', 'body.session.value', 'no such member', 'no such member'],
    [
      'a body has its secrets within',
      'body',
      '{"session":{"name":"JSESSIONID","value":"F00BAR"}}',
      '{"session":{"name":"JSESSIONID","value":"***"}}',
    ],
    ['one that is no JSON, too', 'body', '<p>{"value":"F00BAR","ok":true}</p>', '<p>{"value":"***","ok":true}</p>'],
    [
      'cookies are told without their values',
      'header set-cookie',
      'JSESSIONID=F00BAR; Path=/jira; HttpOnly',
      'JSESSIONID=***; Path=/jira; HttpOnly',
    ],
    ['as are cookies in words', 'header set-cookie', 'A=…; path=/ and none', 'A=…; path=/ and none'],
  ])('%s', (_, where, received, clean) => {
    expect(shown(where, received)).toBe(clean)
  })

  it('what is long is cut after its secrets are out', () => {
    const text = shown('body', `${'-'.repeat(195)}abcdef and so on`)
    expect(text).toBe(`${'-'.repeat(195)}*** a…`)
  })
})

it('ids and clauses stay what they are, whatever a secret is', () => {
  const difference = { where: 'status', how: 'value', expected: '200', received: 'abc' } as const
  const failure = {
    id: 'x.abc',
    title: 'abc',
    step: 1,
    clause: 'SL-abc',
    outcome: 'broken' as const,
    because: 'abc',
    request: 'GET /abc',
    curl: 'curl abc',
    differences: [difference],
  }
  const finding: CheckFinding = {
    id: 'x.abc',
    title: 'abc',
    kind: 'journey',
    outcome: 'failed',
    because: 'abc',
    clauses: ['SL-abc'],
    kept: {},
    ms: 1,
    failures: [failure],
  }
  expect(redactor.finding(finding)).toEqual({
    ...finding,
    because: '***',
    failures: [
      {
        ...failure,
        because: '***',
        request: 'GET /***',
        curl: 'curl ***',
        differences: [{ ...difference, received: '***' }],
      },
    ],
  })
})
