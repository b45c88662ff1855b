import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { Terminal, until } from './terminal.ts'

const bin = fileURLToPath(new URL('../../bin/understudy.js', import.meta.url))
const many = 20_000

function scenarioOf(line: string): string {
  const users = Array.from({ length: many }, (_, number) => `    u${number}: {}\n`)
  return `secure-login:\n  users:\n${users.join('')}${line}`
}

/** The built server, as threads cannot load the sources. */
async function serve(): Promise<string> {
  const { cwd } = new Terminal()
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--json'], { cwd })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  await until(() => out.includes('\n'))
  return `${String(JSON.parse(out).url)}/__understudy`
}

test.each([
  [
    '',
    200,
    (data: { world: { 'secure-login': { users: object } } }) => {
      expect(Object.keys(data.world['secure-login'].users)).toHaveLength(many)
    },
  ],
  [
    '    u7: {}\n',
    422,
    (data: { detail: string }) => expect(data.detail).toContain(`the file:${many + 3}:5: "u7" is here twice`),
  ],
])('a server that reads a long text (%j) answers everybody else meanwhile', async (line, status, check) => {
  const control = await serve()
  const order: string[] = []
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ text: scenarioOf(line) })
  const reading = fetch(`${control}/share/read`, { method: 'POST', headers, body }).then((response) => {
    order.push('read')
    return response
  })
  for (let count = 0; count < 5; count++) {
    await fetch(`${control}/health`)
    order.push('health')
  }
  const answer = await reading
  expect(order).toEqual([...Array.from({ length: 5 }, () => 'health'), 'read'])
  expect(answer.status).toBe(status)
  check((await answer.json()) as never)
})
