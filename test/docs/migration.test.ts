import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const page = read('docs/migration.md')

/** The parts of a text below headings of a level, by heading. */
function parts(text: string, mark: string): Map<string, string> {
  const [, ...found] = text.split(new RegExp(`^${mark} `, 'm'))
  return new Map(found.map((part) => [part.slice(0, part.indexOf('\n')).replace(/^\[(.*?)\].*/, '$1'), part]))
}

/** As GitHub makes an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-')

describe('docs/migration.md', () => {
  const releases = [...parts(read('CHANGELOG.md'), '##')].map(([version, text]) => {
    const items = text.split(/^- /m).slice(1)
    const entries = items.filter((item) => item.startsWith('*Breaking'))
    return { version, anchors: entries.flatMap((item) => [.../\(docs\/migration\.md#([^)]*)\)/.exec(item)?.slice(1) ?? [`none: ${item}`]]) }
  })
  const breaking = releases.filter(({ anchors }) => anchors.length > 0)

  test('has a note for each breaking entry of the changelog, which leads to it, and no other', () => {
    expect(breaking.length).toBeGreaterThan(0)
    const notes = [...parts(page, '##')].map(([version, text]) => ({ version, anchors: [...parts(text, '###').keys()].map(anchorOf) }))
    const sorted = (all: typeof notes): unknown => all.map(({ version, anchors }) => ({ version, anchors: anchors.toSorted() }))
    expect(sorted(notes)).toEqual(sorted(breaking))
  })

  test('says in each what to do', () => {
    const silent = [...parts(page, '###')].filter(([, text]) => !text.includes('**Do:**'))
    expect(silent.map(([heading]) => heading)).toEqual([])
  })
})
