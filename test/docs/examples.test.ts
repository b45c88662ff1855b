import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepsPromise, promisedPrints } from './page.ts'
import { Workplace } from './workplace.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const manifest = JSON.parse(read('package.json'))

/** A function, class or value that an entry of the package gives, and what its declaration says of it. */
interface Given {
  readonly name: string
  readonly file: string
  readonly comment: string
}

/** What is given by a file: declared in it, or handed on from another one. Types say what they are by themselves. */
function givenBy(file: string): Given[] {
  const code = read(file)
  const declared = [...code.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^export (?:async )?(?:function|class|const) (\w+)/gm)]
  const handedOn = [...code.matchAll(/^export \{([^}]*)\} from '(\.[^']+)'/gm)]
  return [
    ...declared.map(([, comment = '', name = '']) => ({ name, file, comment })),
    ...handedOn.flatMap(([, names = '', from = '']) => {
      const values = names.split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '))
      const there = givenBy(join(dirname(file), from))
      return values.map((name) => there.find((each) => each.name === name) ?? { name, file: from, comment: '' })
    }),
  ]
}

/** The code of an `@example`. */
function exampleIn(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''))
  return /@example\n```ts\n([\s\S]*?)\n```/.exec(lines.join('\n'))?.[1] ?? ''
}

const entries = readdirSync(join(root, 'src')).filter((file) => file.endsWith('.ts'))
const given = entries
  .flatMap((file) => givenBy(`src/${file}`))
  .filter(({ name, file }, index, all) => all.findIndex((each) => each.name === name && each.file === file) === index)
/** Where an example plays that Node alone cannot follow; all are type-checked. */
const elsewhere = /auth-understudy\/(panel|vitest|playwright)'/

test('what the package gives is found', () => {
  expect(given.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['createWorld', 'UnderstudyError', 'handlers', 'listen', 'createCollections', 'enable', 'test']),
  )
  expect(givenBy('src/node.ts').map(({ name }) => name)).toEqual(['listen', 'createRequestListener', 'trace'])
})

describe.each(given)('$name of $file', ({ comment }) => {
  test('says what it does, shows how, and since which version it is there', () => {
    expect(comment.trim()).toMatch(/^\* [A-Z]/)
    expect(exampleIn(comment)).toMatch(/^import /)
    expect(/@since (\S+)/.exec(comment)?.[1]).toMatch(/^\d+\.\d+\.\d+$/)
    const [, since = ''] = /@since (\S+)/.exec(comment) ?? []
    expect(since.localeCompare(manifest.version, 'en', { numeric: true })).toBeLessThanOrEqual(0)
  })
})

describe('examples', () => {
  const examples = given.map(({ name, comment }, index) => ({ name, index, code: exampleIn(comment) }))
  let workplace: Workplace
  let problems: string
  beforeAll(async () => {
    workplace = await Workplace.create()
    problems = await compile('valid', examples.map(({ code }) => code))
  })
  afterAll(() => workplace.close())

  /** Compiles examples into a folder; gives back what is wrong with them. */
  async function compile(folder: string, codes: readonly string[]): Promise<string> {
    codes.forEach((code, index) => workplace.save(`${folder}/${index}.ts`, code))
    const options = {
      compilerOptions: {
        target: 'ES2023',
        lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        module: 'NodeNext',
        types: ['node'],
        strict: true,
        noUncheckedIndexedAccess: true,
        noPropertyAccessFromIndexSignature: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: true,
        outDir: 'out',
        rootDir: '.',
        preserveSymlinks: true,
      },
      include: ['*.ts'],
    }
    workplace.save(`${folder}/tsconfig.json`, JSON.stringify(options))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const checked = promisify(execFile)(process.execPath, [tsc, '-p', join(workplace.path, folder)])
    return checked.then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    )
  }

  test('are valid for whoever uses the types', () => {
    expect(problems).toBe('')
  })

  test('are noticed when they are not', async () => {
    const wrong = "import { createWorld } from 'auth-understudy'\n\nawait createWorld(1)\n"
    expect(await compile('wrong', [wrong])).toContain('TS2345')
  })

  test.each(examples.filter(({ code }) => !elsewhere.test(code)))('$name prints what it promises', async ({ code, index }) => {
    const printed = (await workplace.play(`valid/out/${index}.js`)).trimEnd().split('\n')
    const promises = promisedPrints(code)
    expect(promises.filter((promise, line) => !keepsPromise(printed[line] ?? '', promise))).toEqual([])
    expect(promises.length > 0 || code.includes('stop()')).toBe(true)
  })
})
