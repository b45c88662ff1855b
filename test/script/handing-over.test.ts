import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import type { RequestView } from '../../src/world/views.ts'
import { listen } from '../../src/node.ts'
import { shareWorld } from '../../src/scenario/share.ts'
import { callControl } from '../support/control-client.ts'
import { Phone } from '../support/phone.ts'
import { json, Played } from './played.ts'

async function served(): Promise<{ played: Played; world: Awaited<ReturnType<typeof createWorld>> }> {
  const world = await createWorld('default')
  const server = await listen(world)
  onTestFinished(() => server.close())
  return { world, played: new Played(server.url) }
}

describe('a request as curl', () => {
  test('is sent again in its session, and answered the same', async () => {
    const { played, world } = await served()
    const alice = await played.signIn('alice')
    await played.auth(alice, '4711')
    await played.user(alice)
    await played.send('POST', '/rest/auth/login?sid=0', json, `{"login":"node","password":"node","x":"'$(touch PWN)"}`)
    const before = world.requests
    for (const { id } of before) {
      const { status, body } = await callControl(world, 'GET', `/requests/${id}/curl`)
      expect(status).toBe(200)
      const { stdout } = await promisify(execFile)('sh', ['-c', String(body['line'])])
      expect(stdout).toContain('x-understudy-clause')
    }
    const again = world.requests.slice(before.length)
    const shown = (all: readonly RequestView[]): unknown =>
      all.map(({ method, path, status, clause }) => [method, path, status, clause])
    expect(shown(again)).toEqual(shown(before))
  })

  test("has nothing that was typed and is nobody's, and is unknown by its id where it is", async () => {
    const { played, world } = await served()
    await played.signIn('alice', 'hunter2-of-alice')
    const [{ id = '' } = {}] = world.requests
    const { body } = await callControl(world, 'GET', `/requests/${id}/curl?shell=powershell`)
    expect(body['line']).toMatch(/^curl\.exe -i .*"username":"alice"/)
    expect(body['line']).not.toContain('hunter2')
    expect((await callControl(world, 'GET', '/requests/r999/curl')).status).toBe(404)
    expect((await callControl(world, 'GET', `/requests/${id}/curl?shell=fish`)).status).toBe(422)
  })
})

describe('a world that is shared with requests', () => {
  test('has them masked, and codes only where they are asked for', async () => {
    const world = await createWorld('default')
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('910817')
    const texts = [{ requests: 5 }, { requests: 5, codes: true }].map((sharing) =>
      JSON.stringify(shareWorld(world, sharing)),
    )
    expect(texts.map((text) => text.includes('910817'))).toEqual([false, true])
    for (const text of texts) {
      expect(text).toContain('"clause":"SL-10"')
      // Not those who asked nothing, nor a session.
      for (const secret of ['246810', 's3cret', alice.session]) expect(text).not.toContain(secret)
    }
  })

  test('can be done again with the codes that stayed, and is played as any other', async () => {
    const world = await createWorld('default')
    const alice = await Phone.signIn(world, 'alice')
    for (const pin of ['1', '2']) await alice.auth(pin)
    const { body } = await callControl(world, 'POST', '/share', { note: 'x', requests: 9, codes: true })
    expect(String(body['file'])).toContain('but for those of users who sent its requests')
    const read = await callControl(world, 'POST', '/share/read', { text: String(body['file']) })
    const { requests } = read.body['world'] as { readonly requests: readonly unknown[] }
    expect(requests).toHaveLength(3)
    const there = await createWorld('lockout')
    expect((await callControl(there, 'POST', '/scenario', { scenario: read.body['world'] })).status).toBe(200)
    expect(there.requests).toEqual([])
    const again = await Phone.signIn(there, 'alice')
    expect(await again.auth('910817')).toBe(200)
  })

  test('is refused with requests that are none, and nothing changes', async () => {
    const world = await createWorld('default')
    const shared = shareWorld(world)
    const text = JSON.stringify({ ...shared, requests: 'many' })
    const { status, body } = await callControl(world, 'POST', '/share/read', { text })
    expect([status, body['detail']]).toEqual([422, expect.stringContaining('requests')])
    expect((await callControl(world, 'POST', '/share', { requests: -1 })).status).toBe(422)
    expect(world.changes).toEqual([])
  })
})
