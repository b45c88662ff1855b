import type { Random } from '../../src/core/random.ts'
import { mutated, type Mutation } from '../support/snapshot-mutation.ts'

/** What trips parsers, whatever they read. */
const oddities = [
  '\u0000',
  '\u0001',
  '\t',
  '\n',
  '\r\n',
  '\u007f',
  '\u0080',
  '\u00ff',
  '\u2028',
  '\uFEFF',
  '\uD800',
  '\uDC00',
  '😀',
  '%',
  '%00',
  '%2e',
  '%2f',
  '%zz',
  '%C0%80',
  '+',
  '&',
  '=',
  ';',
  ',',
  ':',
  '"',
  "'",
  '\\',
  '\\u0000',
  '/',
  '//',
  '..',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '|',
  '-',
  '---\n',
  '...\n',
  '? ',
  '- ',
  '#',
  '!',
  '!!',
  '*',
  '&a ',
  '*a',
  '@',
  '`',
  '~',
  '$',
  '^',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'null',
  'true',
  'false',
  'undefined',
  'NaN',
  'Infinity',
  '0',
  '-0',
  '-1',
  '1',
  '1e309',
  '1e-9',
  '0x10',
  '2147483648',
  '9007199254740993',
  '99999999999999999999',
  '٣',
  '+30m',
  '30m',
  '1h30m',
  '9999999d',
  '2026-01-15T09:00:00Z',
  '9999-12-31T23:59:59Z',
  '10000-01-01',
  '[]',
  '{}',
  '""',
] as const

/** Another input made of those there are: cut, doubled, swapped, spliced, and with odd things put in. */
export function mutate(random: Random, corpus: readonly string[], words: readonly string[]): string {
  let text = corpus[random.below(corpus.length)] ?? ''
  const inJson = random.below(3) > 0
  for (let left = 1 + random.below(4); left > 0; left--) {
    text = (inJson ? changeJson(text, random) : undefined) ?? changeText(text, random, corpus, words)
  }
  return text
}

/** The text with something changed in a line that is JSON, so that it still is; undefined where there is none. */
function changeJson(text: string, random: Random): string | undefined {
  const lines = text.split('\n')
  const places = lines.flatMap((line, index) => (/^[{[]/.test(line) ? [index] : []))
  const place = places[random.below(places.length)]
  if (place === undefined) return undefined
  try {
    const change: Mutation = {
      at: random.below(1000),
      how: oneOf(random, ['nudge', 'nudge', 'nudge', 'replace', 'remove', 'rename', 'add', 'twin']),
      count: Number(pick(random, numbers)),
      word: pick(random, [...oddities, 'alice', 'default', 'enter', 'blocked', '*', 'X']),
      odd: oneOf<unknown>(random, [
        null,
        true,
        '',
        'blocked',
        '30m',
        0,
        -1,
        2 ** 53,
        1e300,
        0.5,
        [],
        {},
        [[]],
        { a: {} },
      ]),
      name: pick(random, [
        'secure-login/user:alice',
        'secure-login/session:X',
        'faults',
        'clock',
        'pin',
        '__proto__',
        'x',
      ]),
    }
    return lines.with(place, JSON.stringify(mutated(lines[place] ?? '', [change]))).join('\n')
  } catch {
    return undefined
  }
}

function changeText(text: string, random: Random, corpus: readonly string[], words: readonly string[]): string {
  const start = random.below(text.length + 1)
  // Short pieces more often than long ones.
  const end = Math.min(text.length, start + Math.floor(random.next() ** 3 * (text.length - start + 1)))
  const [before, piece, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)]
  switch (random.below(11)) {
    case 0:
      return before + after
    case 1:
      return before + piece + piece + after
    case 2:
      return before + pick(random, oddities) + after
    case 3:
      return before + pick(random, oddities) + piece + after
    case 4:
      return before + pick(random, words) + after
    case 5:
      return before + pick(random, words) + piece + after
    case 6: {
      const other = pick(random, corpus)
      return before + other.slice(random.below(other.length + 1))
    }
    case 7:
      return before + String.fromCharCode(random.below(random.below(8) === 0 ? 65_536 : 256)) + after.slice(1)
    case 8:
      return before + piece.repeat(random.below(40)) + after
    case 9:
      return before + pick(random, oddities).repeat(10 ** random.below(4)) + after
    default:
      return text.replaceAll(/\d+/g, (digits) => (random.below(3) === 0 ? pick(random, numbers) : digits))
  }
}

const numbers = [
  '0',
  '1',
  '-1',
  '2',
  '3',
  '0.5',
  '1000',
  '65536',
  '4294967296',
  '9007199254740991',
  '1e300',
  '-62167219200001',
]

function pick(random: Random, words: readonly string[]): string {
  return oneOf(random, words)
}

function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)] as Item
}
