import { printable } from './printable.ts'

/** A workflow command of GitHub Actions, on one line: an annotation with its properties and its message. */
export function workflowCommand(
  level: 'error' | 'notice',
  properties: { readonly [name: string]: string },
  message: readonly string[],
): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`)
  return `::${level} ${pairs.join(',')}::${message.map(data).join('%0A')}`
}

function data(line: string): string {
  return printable(line).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/**
 * A line of output in which a CI system finds no command of its own. GitHub's runner takes `::` for one also behind blanks, and
 * `##[` wherever it stands (its ActionCommand.cs); Azure Pipelines and TeamCity look for `##vso[` and `##teamcity[`. The first
 * character of such a mark is spelt as JSON spells it, so that JSON stays the same JSON.
 */
export function withoutCommands(line: string): string {
  return line.replaceAll(/#(?=#\w*\[)/g, String.raw`\u0023`).replace(/^(\s*):(?=:)/, String.raw`$1\u003a`)
}
