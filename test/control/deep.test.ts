import { describe, expect, it } from 'vitest'
import { controlRoutes } from '../../src/control/routes.ts'
import { isNestedDeeply, isYamlNestedDeeply } from '../../src/core/nesting.ts'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { scenarioFiles } from '../support/scenario-files.ts'

const depth = 100_000
const deep = { lists: '['.repeat(depth) + ']'.repeat(depth), maps: '{"a":'.repeat(depth) + '1' + '}'.repeat(depth) }

describe('a body that is nested too deeply', () => {
  // To move the clock on, or to take a user away, is what these are for, whatever their body.
  const effective = ['/clock/next', 'DELETE /users/{api}/{username}']
  const routes = controlRoutes.filter(
    ({ method, path }) => method !== 'GET' && !effective.includes(path) && !effective.includes(`${method} ${path}`),
  )
  const cases = routes.flatMap(({ method, path, body }) =>
    Object.keys(deep).map((kind) => [method, path, kind, body !== undefined] as const),
  )
  it.each(cases)('gets %s %s (%s) below 500, and changes nothing', async (method, path, kind, readsBody) => {
    const world = await createWorld('default')
    const before = world.snapshot()
    const inner = deep[kind as keyof typeof deep]
    const here = path.replace('{api}', 'secure-login').replace('{username}', 'alice')
    for (const name of ['scenario', 'snapshot', 'params', 'state', 'on', 'by', 'name']) {
      const { status } = await callControl(world, method, here, `{"name":"a","${name}":${inner}}`)
      // Where there is nothing to read, nothing is.
      expect(readsBody ? [400] : [200, 404]).toContain(status)
    }
    expect(world.snapshot().records).toEqual(before.records)
  })
})

describe('nesting', () => {
  const repeated = (open: string, close: string, count: number): string => open.repeat(count) + close.repeat(count)

  it.each([
    [repeated('[', ']', 200), false],
    [repeated('[', ']', 201), true],
    [repeated('{"a":', '}', 201), true],
    [`"${'['.repeat(500)}"`, false],
    [`["\\"${'['.repeat(500)}"]`, false],
    [`["\\\\",${'['.repeat(500)}]`, true],
    [Array(500).fill('[]').join(), false],
  ])('of %s is told for JSON: %s', (json, isDeep) => {
    expect(isNestedDeeply(json)).toBe(isDeep)
  })

  it.each([
    ['a:\n  - b\n'.repeat(500), false],
    [Array.from({ length: 199 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), false],
    [Array.from({ length: 202 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), true],
    ['- '.repeat(190), false],
    ['- '.repeat(201), true],
    ['a: {}\n'.repeat(500), false],
  ])('of %s is told for YAML: %s', (yaml, isDeep) => {
    expect(isYamlNestedDeeply(yaml)).toBe(isDeep)
  })
})

describe('a scenario file that is nested too deeply', () => {
  it.each([
    ['in brackets', `description: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['in braces', `${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['by indents', Array.from({ length: 3000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['by dashes', `people: \n${'- '.repeat(20_000)}a`],
    ['by question marks', `${'? '.repeat(20_000)}a`],
    ['in JSON', `{"people":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ])('%s is refused', async (_, text) => {
    const { 'a.yaml': path } = scenarioFiles({ 'a.yaml': text })
    await expect(createWorld(path)).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
  })
})
