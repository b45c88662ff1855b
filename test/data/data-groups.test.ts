import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCollections, type Collections } from '../../src/data.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'

let world: WorldOf
let data: Collections

beforeEach(async () => {
  world = await createWorld()
  data = await createCollections(world)
})
afterEach(() => {
  data.close()
})

describe('groups', () => {
  const find = (name: string) => data.genticsCms.groups.findFirst((q) => q.where({ name }), { strict: true })
  const groupsOf = (username: string): string =>
    JSON.stringify((world.records.get(`gentics-cms/user:${username}`) as { groups: unknown }).groups)

  test('are those that users hold, with who is in them', () => {
    const editors = find('Editors')
    expect(editors).toMatchObject({ parent: null, key: String(editors.id) })
    expect(editors.members).toContain('node')
    expect(editors.members).not.toContain('ada')
    expect(find('Juniors')).toMatchObject({ parent: editors.id, members: [] })
  })

  test('are renamed for everybody', async () => {
    await data.genticsCms.groups.update(find('Juniors'), {
      data: (group) => void Object.assign(group, { name: 'Beginners' }),
    })
    expect(groupsOf('node')).toContain('"name":"Beginners"')
    expect(find('Beginners').members).toEqual([])
  })

  test('take members in, and let them go', async () => {
    await data.genticsCms.groups.update(find('Editors'), {
      data: (group) => void Object.assign(group, { members: ['ada'] }),
    })
    expect(groupsOf('ada')).toContain('"Juniors"')
    expect(groupsOf('node')).toBe('[]')
    expect(find('Editors').members).toEqual(['ada'])
  })

  test('come and go', async () => {
    const made = { key: '', id: 77, name: 'Guests', description: '', parent: null, members: ['node'] }
    await data.genticsCms.groups.create(made)
    await data.settled()
    expect(groupsOf('node')).toContain('"id":77')
    expect(find('Guests')).toMatchObject({ key: '77', members: ['node'] })
    data.genticsCms.groups.delete(find('Guests'))
    expect(groupsOf('node')).not.toContain('Guests')
    await data.settled()
    expect(data.genticsCms.groups.all().map(({ name }) => name)).not.toContain('Guests')
  })

  test('are refused with members that are none, or without any', async () => {
    const { groups } = data.genticsCms
    const put = (members: string[]): Promise<unknown> =>
      groups.update(find('Editors'), {
        data: (group) => void Object.assign(group, { members: members }),
      })
    await expect(put(['nobody'])).rejects.toThrow('there is no user "nobody"')
    await expect(groups.create({ name: 'Empty' } as never)).rejects.toThrow('members: is missing: who is in it')
    const move = groups.update(find('Juniors'), {
      data: (group) => void Object.assign(group, { parent: null }),
    })
    await expect(move).rejects.toThrow('parent of a group cannot be changed')
  })
})
