import { describe, expect, test } from 'vitest'
import { bare, defineApi, text } from '../../src/api.ts'
import type { AnyApi } from '../../src/core/api.ts'
import { createWorld } from '../../src/index.ts'

/** A door like any other, whose clauses begin with some letters. */
function doorOf(id: string, letters: string, path: string): AnyApi {
  const open = bare(204, 'it opens')
  return defineApi({
    id,
    path,
    user: { code: text({ about: 'the code', default: '1' }) },
    lockout: { word: 'locked', counts: 'wrong codes', after: 3, for: '1m' },
    sessions: { in: { cookie: id.toUpperCase() }, for: '1m' },
    clauses: { [`${letters}-1`]: { text: 'It opens.', says: { open } } },
    operations: { open: { at: 'POST /open', about: 'opens', step: ({ say }) => say.open } },
  })
}

describe('two APIs of one’s own', () => {
  test('have a provider state each, whatever else they have in common', async () => {
    const world = await createWorld({}, { apis: [doorOf('front', 'F', '/front'), doorOf('back', 'B', '/back')] })
    world.arrange('a user of front who is locked', { username: 'ada' })
    world.arrange('a user of back who is open', { username: 'ada' })
    expect(world.arrange('a session of back that has expired', { username: 'ada' })).toMatchObject({ username: 'ada' })
    expect(world.api('front').user('ada').view().state).toBe('locked')
    expect(world.api('back').user('ada').view().state).toBe('open')
    world.arrange("the server's clock", { at: '2030-01-01T00:00:00Z' })
    expect(world.clock.now).toBe(Date.parse('2030-01-01T00:00:00Z'))
  })

  type Door = readonly [id: string, letters: string, path: string]
  test.each<readonly [string, Door, Door, string]>([
    ['an id', ['front', 'F', '/front'], ['front', 'G', '/other'], 'id: "front" is the id of Front as well'],
    [
      'a clause',
      ['front', 'F', '/front'],
      ['back', 'F', '/back'],
      '"F-1" is a clause of Front as well; where one definition makes several APIs, write the name of each into its ids, such as BACK-F-1',
    ],
    [
      'a path',
      ['front', 'F', '/hall'],
      ['back', 'B', '/hall'],
      'POST /hall/open is answered by front.open and back.open: let one of them play, or give one another path',
    ],
  ])('must not share %s', async (_, one, other, told) => {
    await expect(createWorld({}, { apis: [doorOf(...one), doorOf(...other)] })).rejects.toThrow(told)
  })
})
