import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/glossary.md', root), 'utf8')
const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
const sources = new Map(files.map((file) => [file, readFileSync(new URL(`src/${file}`, root), 'utf8')]))

/** Names in backticks. */
const named = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map((match) => match[1] as string)

/** The part of the page below a heading. */
function section(heading: string): string {
  const text = page.split(`## ${heading}\n`)[1]
  if (text === undefined) throw new Error(`docs/glossary.md has no "${heading}"`)
  return text.split('\n## ')[0] as string
}

/** What a file gives a name, not what it hands on from others. */
function exportsOf(code: string): string[] {
  const declared = code.matchAll(
    /^export (?:declare |async |abstract )*(?:type|interface|class|function\*?|const|let|enum) (\w+)/gm,
  )
  const listed = [...code.matchAll(/^export (?:type )?\{([^}]*)\}(?! from)/gm)].flatMap(([, names = '']) =>
    names.split(',').flatMap((name) => /(?:\bas )?(\w+)\s*$/.exec(name)?.[1] ?? []),
  )
  return [...[...declared].map((match) => match[1] as string), ...listed]
}

/** The API that a file is of, a dialect apart; undefined for what is of none. */
const apiOf = (file: string): string | undefined => /^apis\/([\w-]+\/observed(?=\/)|[\w-]+(?=\/))/.exec(file)?.[1]

const isType = (name: string): boolean => /^[A-Z]/.test(name)

/** Names that are given twice, with the files, but for those that may be. */
function doubled(all: ReadonlyMap<string, string>, ofEachApi: readonly string[], twins: readonly string[]): string[] {
  const homes = new Map<string, string[]>()
  for (const [file, code] of all) {
    for (const name of new Set(exportsOf(code))) homes.set(name, [...(homes.get(name) ?? []), file])
  }
  return [...homes].flatMap(([name, where]) => {
    const apis = where.map(apiOf)
    const isOfEach = !apis.includes(undefined) && new Set(apis).size === where.length
    const may = twins.includes(name) || (isOfEach && (!isType(name) || ofEachApi.includes(name)))
    return where.length === 1 || may ? [] : [`${name}: ${where.join(', ')}`]
  })
}

/** Code without comments and texts: what stands there is a name or a word of the language. */
const bare = (code: string): string =>
  code
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replaceAll(/(?<!:)\/\/.*$/gm, ' ')

const ofEachApi = named(section('Types that each API has of its own')).filter(isType)
const twins = named(section('Names with two homes'))
const unused = section('Words that are not used')
const unusedTypes = named((/Types are not called ([\s\S]*?);/.exec(unused) ?? [])[1] ?? '')
const unusedWords = named((/In code there is no ([\s\S]*)/.exec(unused) ?? [])[1] ?? '')

describe('a name that src exports', () => {
  test('has one meaning', () => {
    expect(doubled(sources, ofEachApi, twins)).toEqual([])
  })

  test('is noticed when it has two', () => {
    const two = new Map([
      ['core/one.ts', 'export interface Exchange {}\nconst inner = 1'],
      ['contract/other.ts', 'export type Exchange = string\nexport { inner } from "../core/one.ts"'],
      ['apis/secure-login/state.ts', 'export type Member = string\nexport const read = 1'],
      ['apis/sirportly/state.ts', 'export type Member = number\nexport const read = 2'],
    ])
    expect(doubled(two, [], [])).toEqual([
      'Exchange: core/one.ts, contract/other.ts',
      'Member: apis/secure-login/state.ts, apis/sirportly/state.ts',
    ])
    expect(doubled(two, ['Member'], ['Exchange'])).toEqual([])
  })

  test('is no participle that the glossary leaves out', () => {
    const exported = [...sources].flatMap(([file, code]) => exportsOf(code).map((name) => ({ file, name })))
    expect(exported.filter(({ name }) => unusedTypes.includes(name))).toEqual([])
    expect([unusedTypes.length, unusedWords.length]).toEqual([8, 5])
  })
})

describe('the glossary', () => {
  const rows = [...page.matchAll(/^\| (?!word|name|---)([^|`]+) \| [^|]+ \| `(\w+)` in `([\w./-]+)` \|$/gm)].map(
    ([, word = '', name = '', file = '']) => ({ word, name, file }),
  )

  test('has each word once', () => {
    const words = rows.map(({ word }) => word)
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
    expect(words.length).toBeGreaterThan(40)
    // A row that is written otherwise would not be read.
    expect(page.match(/^\| (?!word|name|---|`)/gm)).toHaveLength(rows.length)
  })

  test.each(rows)('says of $word where it is in the code', ({ name, file }) => {
    expect(existsSync(new URL(`src/${file}`, root))).toBe(true)
    expect(exportsOf(sources.get(file) ?? '')).toContain(name)
  })

  test('lets no name have two homes that has one', () => {
    const homes = (name: string): number =>
      [...sources.values()].filter((code) => exportsOf(code).includes(name)).length
    expect([...twins, ...ofEachApi].filter((name) => homes(name) < 2)).toEqual([])
  })

  test.each(unusedWords)('finds %s nowhere in the code', (word) => {
    const pattern = new RegExp(`\\b${word}\\b`, 'i')
    expect(files.filter((file) => file !== 'scenario/shipped.ts' && pattern.test(bare(sources.get(file) ?? '')))).toEqual([])
  })

  test('finds a word in code, and not in what is said', () => {
    expect(bare("const tape = 'desk' // rungs\n/** heard */")).toMatch(/tape/)
    expect(bare("const tape = 'desk' // rungs\n/** heard */")).not.toMatch(/desk|rungs|heard/)
  })
})
