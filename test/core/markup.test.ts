import { Window } from 'happy-dom'
import fc from 'fast-check'
import { marked } from 'marked'
import { describe, expect, test } from 'vitest'
import { markdownBlock, markdownCode, markdownText } from '../../src/core/markdown.ts'
import { markup } from '../../src/core/markup.ts'
import { printable } from '../../src/core/printable.ts'
import { workflowCommand, withoutCommands } from '../../src/core/workflow-command.ts'
import { isWellFormed } from '../contract/xml.ts'
import { anyText, commandsIn, raw } from '../hostile/text.ts'

const { document } = new Window()

/** What a browser finds in a page. */
function pageOf(html: string): { readonly text: string; readonly tags: readonly string[] } {
  const element = document.createElement('div')
  element.innerHTML = html
  return {
    text: element.textContent,
    tags: [...element.querySelectorAll('*')].map((each) => each.tagName.toLowerCase()),
  }
}

/** What a reader of Markdown finds in a document. */
function documentOf(markdown: string): { readonly text: string; readonly tags: readonly string[] } {
  return pageOf(marked.parse(markdown, { async: false }))
}

const shown = (text: string): string => text.split('\n').map(printable).join('\n')

describe('markup', () => {
  test('is nothing but its text, in HTML and in XML, in tags and in attributes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: found, tags } = pageOf(`<pre title="${markup(text)}">x${markup(text)}</pre>`)
        expect([found, tags]).toEqual([`x${shown(text)}`, ['pre']])
        expect(isWellFormed(`<a b="${markup(text)}">${markup(text)}</a>`)).toBe(true)
        expect(raw(markup(text)).filter((each) => each !== '\n')).toEqual([])
      }),
    )
  })
})

describe('in Markdown', () => {
  test('a text is nothing but its text, in a line and in a cell', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const row = documentOf(`| a | b |\n| --- | --- |\n| x${markdownText(text)}x | y |`)
        expect(row.tags.filter((tag) => !/^(?:table|thead|tbody|tr|th|td)$/.test(tag))).toEqual([])
        expect(row.tags.filter((tag) => tag === 'td')).toHaveLength(2)
        expect(row.text.replaceAll(/\s/g, '')).toBe(`abx${printable(text)}xy`.replaceAll(/\s/g, ''))
      }),
    )
  })

  test('code in a line is nothing but its text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(text.trim() !== '')
        const { text: found, tags } = documentOf(`- a ${markdownCode(text)} b`)
        expect(tags).toEqual(['ul', 'li', 'code'])
        expect(found.replaceAll(/\s/g, '')).toBe(`a${printable(text)}b`.replaceAll(/\s/g, ''))
      }),
    )
  })

  test('a block ends where it is to end, and holds its lines', () => {
    const line = fc.oneof(anyText, fc.constantFrom('```', '   ````', '~~~'))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const { text, tags } = documentOf(['before', '', ...markdownBlock(lines), '', 'after'].join('\n'))
        expect(tags).toEqual(['p', 'pre', 'code', 'p'])
        expect(text).toContain(lines.map(printable).join('\n'))
      }),
    )
  })
})

describe('a workflow command', () => {
  test('is one line, of which each property and the message read back', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.array(anyText, { minLength: 1, maxLength: 3 }), (file, title, message) => {
        const command = workflowCommand('error', { file, title }, message)
        const [, one = '', other = '', told = ''] = /^::error file=([^,:]*),title=([^,:]*)::(.*)$/.exec(command) ?? []
        const read = (text: string): string =>
          text.replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')
        expect([read(one), read(other)]).toEqual([printable(file), printable(title)])
        expect(told.replaceAll('%0A', '\n').replaceAll('%25', '%')).toBe(message.map(printable).join('\n'))
      }),
    )
  })
})

describe('a line of output', () => {
  test.each([
    ['::error::pwn', String.raw`\u003a:error::pwn`],
    [' \t ::stop-commands::x', ' \t \\u003a:stop-commands::x'],
    ['a ##[error]pwn', String.raw`a \u0023#[error]pwn`],
    ['###[debug]', String.raw`#\u0023#[debug]`],
    ['##vso[task.setvariable]', String.raw`\u0023#vso[task.setvariable]`],
    ['a::b', 'a::b'],
    ['## heading', '## heading'],
    [':', ':'],
  ])('%j holds no command to a CI system', (line, safe) => {
    expect(withoutCommands(line)).toBe(safe)
  })

  test('never holds one, and stays the same JSON', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(commandsIn(withoutCommands(printable(text)))).toEqual([])
        expect(JSON.parse(withoutCommands(JSON.stringify(text)))).toBe(text)
      }),
    )
  })
})
