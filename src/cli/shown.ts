import { styleText } from 'node:util'
import { printable, printableJson } from '../core/printable.ts'
import { withoutCommands } from '../core/workflow-command.ts'

/**
 * What a command shows: one line, or a list of lines. Whatever is in a plain string is text, never a line end, a colour or a
 * command to a CI system: only this file's objects are more than text.
 */
export type Shown = string | readonly Line[]

/** One line, or the parts of one. */
export type Line = Span | WorkflowCommand | readonly Span[]

/** Text, maybe in a colour that terminals show. */
export type Span = string | Painted

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

interface Painted {
  readonly style: Style
  readonly text: string
}

interface WorkflowCommand {
  readonly command: string
}

/** A text in a colour, where what it is shown on has any. */
export function paint(style: Style, text: string): Painted {
  return { style, text }
}

/** Lines that are commands to GitHub Actions, made by `workflowCommand`. */
export function workflowCommands(text: string): WorkflowCommand[] {
  return text
    .trimEnd()
    .split('\n')
    .map((command) => ({ command }))
}

/** A value as JSON, in lines or on one. */
export function jsonLines(value: unknown, indent?: number): readonly string[] {
  return printableJson(value, indent).split('\n')
}

/** What a part takes up on a line. */
export function plainText(part: Span): string {
  return printable(typeof part === 'string' ? part : part.text)
}

/** A way to show: whole lines, safe for a terminal and a CI system, to whatever writes them. */
export function printer(write: (text: string) => void, color: boolean): (shown: Shown) => void {
  const render = (part: Span): string =>
    color && typeof part !== 'string'
      ? styleText(part.style, plainText(part), { validateStream: false })
      : plainText(part)
  const renderLine = (line: Line): string => {
    if (typeof line === 'object' && 'command' in line) return printable(line.command)
    const parts = [line].flat()
    const plain = parts.map(plainText).join('')
    const safe = withoutCommands(plain)
    return safe === plain ? parts.map(render).join('') : safe
  }
  return (shown) => write((typeof shown === 'string' ? [shown] : shown).map(renderLine).join('\n'))
}
