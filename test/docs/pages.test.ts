import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../redis/redis-server.ts'
import { keepsPromise, needsRedis, promisedPrints, readBlocks, shellLines, type Block } from './page.ts'
import { Workplace } from './workplace.ts'

const root = new URL('../../', import.meta.url)
const pages = ['README.md', 'examples/providers/README.md', 'examples/login-app/README.md', 'examples/own-api/README.md', 'skills/auth-understudy/SKILL.md', ...readdirSync(new URL('docs/', root)).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)]

describe.each(pages.map((page) => [page, readBlocks(new URL(page, root))] as const).filter(([, blocks]) => blocks.length > 0))(
  '%s',
  (page, blocks) => {
    const isSkipped = missing !== undefined && needsRedis(new URL(page, root))
    let workplace: Workplace
    beforeAll(async () => {
      workplace = await Workplace.create()
    })
    afterAll(() => workplace.close())

    // In order, in one place: a page is followed from top to bottom.
    test.skipIf(isSkipped).each(blocks.map((block) => [`line ${block.line}: ${block.language}`, block] as const))(
      '%s does what the page says',
      async (_title, block) => {
        expect(await follow(workplace, block)).toEqual([])
      },
      240_000,
    )
  },
)

test('the README is read in two minutes, and shows a use for each of three people', () => {
  const page = readFileSync(new URL('README.md', root), 'utf8')
  const people = page.split('\n## ').filter((section) => section.startsWith('For a '))
  expect(people.map((section) => /```\w+\n/.test(section))).toEqual([true, true, true])
  // Code is looked at, and words are read, at some 240 a minute.
  const words = page.replaceAll(/```[\s\S]*?```|<!--[\s\S]*?-->|\]\([^)]*\)/g, '').match(/\S+/g) ?? []
  expect(words.length).toBeLessThan(480)
})

test('every page is found from the README or from the list of pages', () => {
  const listed = ['README.md', 'docs/README.md'].map((page) => readFileSync(new URL(page, root), 'utf8')).join('\n')
  const isNamed = (page: string): boolean => listed.includes(`\`${page.replace('/README.md', '')}\``)
  const unlisted = pages.filter((page) => !isNamed(page) && !listed.includes(`(${page})`) && !listed.includes(`(${page.replace(/^docs\//, '').replace(/^(examples|skills)/, '../$1')})`))
  expect(unlisted).toEqual(['README.md'])
})

test('npx starts the command that blocks are run with', async () => {
  const workplace = await Workplace.create()
  const at = workplace.path
  const started = await promisify(execFile)('npx', ['understudy', '--version'], { cwd: at })
  const run = await promisify(execFile)('node', ['bin/understudy.js', '--version'], { cwd: at })
  expect(started.stdout).toBe(run.stdout)
  await workplace.close()
})

test('a promise that is not kept is noticed', () => {
  expect(keepsPromise('{"state":"enter"}\n', '{"state":"bypass"}')).toBe(false)
  expect(keepsPromise('{"until":"2026-01-15T09:30:00Z"}', '{"until":"…"}')).toBe(true)
  expect(shellLines('pin 1  # 401')).toEqual([{ code: 'pin 1', promised: '401' }])
})

/** Does what a block says; gives back the promises that were not kept. */
async function follow(workplace: Workplace, { language, code, run }: Block): Promise<string[]> {
  if (run?.startsWith('not here') === true) return []
  const name = /^saved as (.*)$/.exec(run ?? '')?.[1]
  if (name !== undefined) {
    workplace.save(name, code)
    return []
  }
  const sign = /^background, until it prints "(.*)"$/.exec(run ?? '')?.[1]
  if (sign !== undefined) {
    await workplace.begin(code, sign)
    return []
  }
  if (language === 'sh') {
    const lines = shellLines(code)
    return compare(await workplace.shell(lines), lines.map(({ promised }) => promised))
  }
  if (language === 'ts') {
    const prints = promisedPrints(code)
    const printed = (await workplace.script(code)).trimEnd().split('\n')
    return compare(printed, prints.length === 0 ? ['promises nothing'] : prints)
  }
  if (language === 'yaml') return compare([await workplace.scenario(code)], ['page.yaml: ok'])
  throw new Error(`nobody knows how to follow a block of ${language}`)
}

function compare(outputs: readonly string[], promises: readonly (string | undefined)[]): string[] {
  return promises.flatMap((promised, index) => {
    const output = outputs[index] ?? ''
    return promised === undefined || keepsPromise(output, promised) ? [] : [`promised ${promised}, got ${output}`]
  })
}
