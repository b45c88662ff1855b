import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { codeOf } from '../core/thrown.ts'
import { UnderstudyError } from '../core/errors.ts'
import { commandLine, pathWord } from '../core/shell-syntax.ts'
import type { Shell } from './command.ts'
import { writeNamed } from './written-file.ts'

/**
 * `understudy init api <file>`: an API to start from, a scenario that plays it, and a test that passes. Nothing is written
 * where one of the three is there already.
 */
export async function initApi({ io }: Shell, file: string, { force }: { readonly force?: boolean }): Promise<void> {
  const [, base = '', extension = ''] = /^(.*?)\.([cm]?[jt]s)$/.exec(file) ?? []
  const id = /([^/\\]*)$/.exec(base)?.[1] ?? ''
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    const message = `${file} names no API: it takes lower case letters, digits and hyphens, such as turnstile.ts.`
    throw new UnderstudyError('ERR_USAGE', message)
  }
  const name = id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const texts = {
    [file]: apiText(id, name, extension),
    [`${base}.yaml`]: scenarioText(id),
    [`${base}.test.${extension}`]: testText(id, name, extension),
  }
  if (force !== true) await refuseToReplace(io.cwd, Object.keys(texts))
  for (const [path, text] of Object.entries(texts)) {
    await writeNamed(io, path, text, force === true)
  }
  const line = commandLine(io.shell, 'understudy', 'serve', pathWord(`${base}.yaml`), '--api', pathWord(file))
  io.err(`wrote ${Object.keys(texts).join(', ')}; play it with \`${line}\``)
}

async function refuseToReplace(cwd: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const code = await stat(resolve(cwd, path)).then(() => 'EEXIST', codeOf)
    if (code === 'EEXIST')
      throw new UnderstudyError('ERR_USAGE', `${path} was not written: it exists already; --force overwrites it.`)
  }
}

/** A line of what is written. */
function importing(names: string, from: string): string {
  return `import { ${names} } from '${from}'`
}

function apiText(id: string, name: string, extension: string): string {
  const ofNumber = extension.endsWith('ts') ? ': number' : ''
  return `${importing('bare, defineApi, inJson, text', 'auth-understudy/api')}

/** What it is, in a sentence; three wrong codes lock a user for a minute. */
export const ${name} = defineApi({
  id: '${id}',
  user: { code: text({ about: 'the right code', secret: true }) },
  lockout: { word: 'locked', counts: 'wrong codes', after: 3, for: '1m' },
  clauses: {
    '${id}-1': {
      text: 'POST /enter?user=…&code=… answers 204 for the right code.',
      says: { open: bare(204, 'the code is right') },
    },
    '${id}-2': {
      text: 'A wrong code, or an unknown user, answers 403 with { left }, the tries that are left.',
      says: { refused: (left${ofNumber}) => inJson(403, { left }, \`\${left} tries are left\`) },
    },
    '${id}-3': {
      text: 'After three wrong codes the user is locked for a minute: 423.',
      says: { locked: bare(423, 'the user is locked') },
    },
  },
  operations: {
    enter: {
      at: 'POST /enter',
      about: 'lets a user in',
      step: ({ query, user, attempt, say }) => {
        const who = user(query['user'])
        if (who === undefined) return say.refused(0)
        const tried = attempt(who, query['code'] === who.code)
        return tried.is === 'locked' ? say.locked : tried.is === 'right' ? say.open : say.refused(tried.left)
      },
    },
  },
})
`
}

function scenarioText(id: string): string {
  return `description: A user, and one who is locked with the next wrong code
clock: { at: 2026-01-15T09:00:00Z }
${id}:
  users:
    ada: { code: "1815" }
    tim: { code: "4711", failures: 2 }
`
}

function testText(id: string, name: string, extension: string): string {
  return `${importing('createWorld', 'auth-understudy')}
${importing('createFetch', 'auth-understudy/fetch')}
${importing('expect, test', 'vitest')}
import { ${name} } from './${id}.${extension}'

test('three wrong codes lock, for a minute', async () => {
  const scenario = { ${JSON.stringify(id)}: { users: { tim: { code: '4711', failures: 2 } } } }
  const world = await createWorld(scenario, { apis: [${name}] })
  const fetch = createFetch(world)
  const enter = async (code${extension.endsWith('ts') ? ': string' : ''}) =>
    (await fetch(\`https://any.example/${id}/enter?user=tim&code=\${code}\`, { method: 'POST' })).status

  expect(await enter('0000')).toBe(403)
  expect(await enter('4711')).toBe(423)
  world.clock.advance('1m')
  expect(await enter('4711')).toBe(204)
})
`
}
