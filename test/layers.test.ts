import { describe, expect, test } from 'vitest'
import { breach, importsOf } from '../scripts/layers.js'

describe('the map', () => {
  test.each([
    ['src/cli/user.ts', 'src/core/json.ts'],
    ['src/world/world.ts', 'src/world/play.ts'],
    ['src/apis/sirportly/engine.ts', 'src/apis/sirportly/state.ts'],
    ['src/apis/registry.ts', 'src/apis/sirportly/api.ts'],
    ['src/store/redis/call.ts', 'src/store/shared-store.ts'],
    ['src/contract/verify.ts', 'src/contract/telling/find.ts'],
    ['src/scenario/files.ts', 'node:path'],
    ['console/views/users.tsx', 'src/core/effects.ts'],
    ['console/main.tsx', 'console/style/base.css'],
  ])('lets %s import %s', (from, to) => expect(breach(from, to)).toBeUndefined())

  test.each([
    [
      'src/world/world.ts',
      'src/scenario/load.ts',
      'world imports only what stands left of it: core ← model ← apis define ← world',
    ],
    ['src/data/row.ts', 'src/panel/panel.ts', 'data imports only what stands left of it'],
    ['src/apis/sirportly/engine.ts', 'src/apis/secure-login/state.ts', 'an API imports core, model and itself'],
    ['src/apis/sirportly/engine.ts', 'src/apis/registry.ts', 'an API imports core, model and itself'],
    ['src/store/shared-store.ts', 'src/store/redis/call.ts', '. imports only what stands left of it: . ← redis'],
    ['src/contract/comparing/difference.ts', 'src/contract/playing/side.ts', 'comparing imports only what stands left'],
    ['src/contract/playing/side.ts', 'src/contract/verify.ts', 'playing imports only what stands left'],
    ['src/drawer/things.ts', 'src/core/json.ts', 'src/drawer has no place in scripts/layers.js'],
    ['src/scenario/load.ts', 'node:path', 'src/scenario may not import node:path: yaml, @faker-js/faker'],
    ['src/core/json.ts', 'yaml', 'src/core may not import yaml: it needs no package'],
    ['console/parts/pips.tsx', 'console/views/users.tsx', 'parts imports only what stands left'],
    ['console/views/users.tsx', 'src/apis/registry.ts', 'the console takes from src only'],
  ])('does not let %s import %s', (from, to, why) => expect(breach(from, to)).toContain(why))

  test('sees imports of every kind, and none in doc comments', () => {
    const text = [
      "import './a.ts'",
      "import type { B } from './b.ts'",
      "} from './c.ts'",
      "export { d } from './d.ts'",
      "  const e = await import('./e.ts')",
      " * import { F } from './f.ts'",
      "// import './g.ts'",
    ]
    expect(importsOf(text.join('\n'))).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts'])
  })
})
