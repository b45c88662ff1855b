import { expect, test } from 'vitest'
import { Terminal } from './terminal.ts'

test('world lists worlds, and forgets one', async () => {
  const terminal = new Terminal()
  await terminal.serve()
  await terminal.run('user', 'set', 'bob', 'blocked', '--world', 'second', '--new-world')
  const { out } = await terminal.run('world', 'list')
  expect(out.split('\n').map((line) => line.split(/ +/, 2))).toEqual([
    ['WORLD', 'SCENARIO'],
    ['main', 'default'],
    ['second', 'default'],
  ])
  expect(await terminal.run('world', 'drop', 'secnd')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean "second"?'),
  })
  expect((await terminal.run('world', 'drop', 'second')).out).toBe('world second is forgotten')
  const { worlds } = JSON.parse((await terminal.run('world', 'list', '--json')).out)
  expect(worlds).toMatchObject([{ name: 'main' }])
})
