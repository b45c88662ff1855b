import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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

test.each([
  [['secure-logn'], 'error: There is no API "secure-logn"; there are'],
  [['secure-login', '--out', 'no/such/folder.json'], 'error: no/such/folder.json cannot be written'],
])('openapi %j is a usage error', async (args, words) => {
  const { code, out, err } = await new Terminal().run('openapi', ...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(words)
})
