import { describe, expect, it } from 'vitest'
import { createFetch } from '../../src/hosts/fetch.ts'
import { createWorld } from '../../src/index.ts'

const base = 'http://jira.example/jira/rest/securelogin-admin/1.0/api'
const asAlice = { authorization: `Basic ${btoa('alice:alice')}` }

describe('a world with mutants', () => {
  it('gets the clause wrong, and says what it would have answered', async () => {
    const world = await createWorld('default', { mutants: ['secure-login.SL-06.upper-state'] })
    const answer = await createFetch(world)(`${base}/user`, { headers: asAlice })
    expect(await answer.json()).toEqual({ state: 'ENTER' })
    expect(world.requests.at(-1)?.because).toBe(
      'bent by the mutant secure-login.SL-06.upper-state: state is in upper case; without it 200 by SL-06: this session has to enter the PIN',
    )
  })

  it('says of an answer that looks right when what was remembered is not', async () => {
    const world = await createWorld('default', { mutants: ['secure-login.SL-10.forgets'] })
    const send = createFetch(world)
    const headers = { ...asAlice, 'content-type': 'text/plain' }
    expect((await send(`${base}/auth`, { method: 'POST', headers, body: '910817' })).status).toBe(200)
    expect(world.requests.at(-1)?.because).toBe(
      'the PIN is right; the session is authenticated (bent by the mutant secure-login.SL-10.forgets: the right PIN does not authenticate the session)',
    )
  })

  it('says nothing of answers that are as they should be', async () => {
    const world = await createWorld('default', { mutants: ['secure-login.SL-06.upper-state'] })
    await createFetch(world)(`${base}/info`)
    expect(world.requests.at(-1)?.because).toBe('the plug-in is active')
  })

  it('gets several wrong at once, of several APIs', async () => {
    const mutants = [
      'secure-login.SL-06.upper-state',
      'secure-login.SL-06.status',
      'gentics-cms.GC-22.longer-responseInfo.responseMessage',
    ]
    const world = await createWorld('default', { mutants })
    const send = createFetch(world)
    expect(await (await send(`${base}/user`, { headers: asAlice })).json()).toEqual({ status: 'ENTER' })
    const prefix = await (await send('http://cms.example/rest/auth/globalprefix')).json()
    expect(prefix.responseInfo.responseMessage).toMatch(/^[0-9A-Za-z]{5}$/)
  })

  it('bends the answers to paths that nobody knows', async () => {
    const world = await createWorld('default', { mutants: ['secure-login.SL-U10.status-401'] })
    expect((await createFetch(world)(`${base}/nothing`)).status).toBe(401)
    expect(world.requests.at(-1)?.because).toContain('without it 404 by SL-U10')
  })

  it.each([
    ['to methods that nobody takes', 'secure-login.SL-U10.no-header-allow', 'DELETE', `${base}/info`, 405],
    ['of the host product', 'secure-login.SL-H5.status-200', 'GET', 'http://jira.example/jira/rest/api/2/other', 200],
    ['in the form of an API', 'gentics-cms.GC-O27.status-200', 'GET', 'http://cms.example/rest/auth/nothing', 200],
  ])('bends the answers %s', async (_, mutant, method, url, status) => {
    const world = await createWorld('default', { mutants: [mutant] })
    const answer = await createFetch(world)(url, { method, headers: { authorization: `Basic ${btoa('alice:wrong')}` } })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('allow')).toBeNull()
    expect(world.requests.at(-1)?.because).toMatch(
      new RegExp(`^bent by the mutant ${mutant}: .*; without it 40[145] by`),
    )
  })

  it('plays the settings that a mutant needs, unless others are asked for', async () => {
    const mutants = ['secure-login.SL-08.status-410']
    const legacy = await createWorld('default', { mutants })
    expect(legacy.secureLogin.settings.revision).toBe('legacy')
    const overrides = { 'secure-login': { revision: 'current' } } as const
    const current = await createWorld('default', { mutants, overrides })
    expect(current.secureLogin.settings.revision).toBe('current')
  })

  it('is an honest one without mutants, and in every other world', async () => {
    await createWorld('default', { mutants: ['secure-login.SL-06.upper-state'] })
    const world = await createWorld()
    const answer = await createFetch(world)(`${base}/user`, { headers: asAlice })
    expect(await answer.json()).toEqual({ state: 'enter' })
  })

  it('cannot be made with a mutant that there is not', async () => {
    await expect(createWorld('default', { mutants: ['secure-login.SL-6.upper-state'] })).rejects.toMatchObject({
      code: 'ERR_MUTANT_UNKNOWN',
      message: 'There is no mutant "secure-login.SL-6.upper-state". Did you mean "secure-login.SL-06.upper-state"?',
    })
  })
})
