import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintedByRedocly } from './redocly.ts'
import { Terminal } from './terminal.ts'

test('openapi prints a document, or writes it to a file', async () => {
  const terminal = new Terminal()
  const printed = await terminal.run('openapi', 'secure-login')
  expect(printed).toMatchObject({ code: 0, err: '' })
  const written = await terminal.run('openapi', 'secure-login', '--out', 'secure-login.json')
  expect(written).toMatchObject({ code: 0, out: '', err: 'secure-login.json was written' })
  const document = JSON.parse(readFileSync(join(terminal.cwd, 'secure-login.json'), 'utf8'))
  expect(document).toEqual(JSON.parse(printed.out))
  expect(document.paths['/rest/securelogin-admin/1.0/api/auth'].post.responses).toHaveProperty('401')
})

test('openapi with settings is what a mock that has them answers, and Redocly finds nothing in it', async () => {
  const terminal = new Terminal()
  const { code, err } = await terminal.run('openapi', 'gentics-cms', 'dialect=observed', '--out', 'cms.json')
  expect([code, err]).toEqual([0, 'cms.json was written'])
  const file = join(terminal.cwd, 'cms.json')
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8'))
  // The documented one is answered 201.
  expect(Object.keys(paths['/rest/auth/login'].post.responses)).not.toContain('201')
  const { examples } = components.responses.login_200.content['application/json']
  expect(
    Object.values(examples).map((each) => (each as { value: { inBackground?: boolean } }).value.inBackground),
  ).toContain(false)
  // A style that this dialect has not: whatever is validated, it answers 200.
  const style = /^operation-4xx-response.*validate/
  expect((await lintedByRedocly(file)).filter((line) => !style.test(line))).toEqual([])
  const moved = await terminal.run('openapi', 'secure-login', 'contextPath=/wiki')
  expect(JSON.parse(moved.out).servers).toEqual([{ url: '/wiki' }])
})

test.each(['secure-login', 'sirportly', 'gentics-cms'])('Redocly finds nothing in the openapi of %s', async (api) => {
  const terminal = new Terminal()
  await terminal.run('openapi', api, '--out', 'api.json')
  expect(await lintedByRedocly(join(terminal.cwd, 'api.json'))).toEqual([])
})

test.each([
  [['secure-login', 'blockAfter=many'], 'settings.blockAfter: "many" is not a whole number'],
  [['secure-login', 'blokAfter=5'], 'Did you mean "blockAfter"?'],
  [['secure-login', 'observed'], '"observed" is no setting; write name=value'],
  [['secure-logn'], 'error: There is no API "secure-logn"; there are'],
  [['secure-login', '--out', 'no/such/folder.json'], 'error: no/such/folder.json cannot be written'],
])('openapi %j is a usage error', async (args, words) => {
  const { code, out, err } = await new Terminal().run('openapi', ...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(words)
})
