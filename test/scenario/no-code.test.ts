import { existsSync, writeFileSync } from 'node:fs'
import { join, dirname } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, UnderstudyError } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

/** Code that leaves a trace if anybody runs it. */
function trap(): { mark: string; code: string } {
  const { mark } = scenarioFiles({ mark: '' })
  const trace = join(dirname(mark), 'ran')
  return { mark: trace, code: `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')` }
}

function message(error: unknown): string {
  return error instanceof UnderstudyError ? error.message : String(error)
}

describe('a scenario file', () => {
  it.each([
    ['a function', (code: string) => `description: !!js/function 'function () { ${code} }'`],
    ['a call', (code: string) => `description: !!js/eval "${code.replaceAll('"', '\\"')}"`],
    ["another language's object", () => `description: !!python/object/apply:os.system ["touch ran"]`],
    ['a tag of its own', () => 'description: !run touch ran'],
  ])('cannot run code by %s', async (_, text) => {
    const { mark, code } = trap()
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': text(code) })
    // Whether the text is taken as it stands or refused is the same to us.
    await createWorld(path).catch(message)
    expect(existsSync(mark)).toBe(false)
  })

  it.each(['a.js', 'a.cjs', 'a.mjs', 'a.ts', 'a.json'])('called %s is read as data, not run', async (name) => {
    const { mark, code } = trap()
    const path = scenarioFiles({ [name]: code })[name] as string
    await expect(createWorld(path)).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
    expect(existsSync(mark)).toBe(false)
  })

  it('cannot run code by what it extends', async () => {
    const { mark, code } = trap()
    const { 'a.yaml': path, 'b.js': other } = scenarioFiles({ 'a.yaml': 'extends: ./b.js\n', 'b.js': '' })
    writeFileSync(other, code)
    await expect(createWorld(path)).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
    expect(existsSync(mark)).toBe(false)
  })

  it('cannot grow without bounds by naming itself', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let depth = 1; depth < 12; depth++) {
      const [name, inner] = ['abcdefghijklm'[depth], 'abcdefghijklm'[depth - 1]]
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${inner}`).join(',')}]`)
    }
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': bomb.join('\n') })
    await expect(createWorld(path)).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
  })
})

describe('the control API', () => {
  const secret = 'only-in-this-file-73115'

  it('reads no file, whatever path a scenario names', async () => {
    const { 'secret.yaml': path } = scenarioFiles({ 'secret.yaml': `description: ${secret}\n` })
    const world = await createWorld('default')
    const steps = fc.constantFrom('..', '.', '', '%2e%2e', '..%2f', '....//', '\u0000', 'scenarios', 'package.json')
    const named = fc.oneof(
      fc.constantFrom(
        path,
        `file://${path}`,
        '../package.json',
        './scenarios/default.yaml',
        '/etc/passwd',
        '/dev/zero',
      ),
      fc.array(steps, { maxLength: 8 }).map((parts) => `${parts.join('/')}${path}`),
      fc.array(steps, { minLength: 1, maxLength: 8 }).map((parts) => `${parts.join('/')}/scenario.yaml`),
    )
    await fc.assert(
      fc.asyncProperty(named, fc.boolean(), async (scenario, inObject) => {
        const body = { scenario: inObject ? { extends: scenario } : scenario }
        const answer = await callControl(world, 'POST', '/scenario', body)
        expect([404, 422]).toContain(answer.status)
        expect(JSON.stringify(answer.body)).not.toContain(secret)
        expect(world.scenario.name).toBe('default')
      }),
      { numRuns: 300 },
    )
  })

  it('answers 404 to paths that lead out of it', async () => {
    const world = await createWorld('default')
    for (const path of ['/../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/./users', '//users', '/%2e%2e/package.json'])
      expect((await callControl(world, 'GET', path)).status).toBe(404)
    expect((await callControl(world, 'GET', '/snapshots/..%2f..%2fetc%2fpasswd')).status).toBe(404)
    const save = await callControl(world, 'POST', '/snapshots', { name: '../../tmp/x' })
    expect(save.status).toBe(422)
  })
})
