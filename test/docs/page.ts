import { readFileSync } from 'node:fs'

/** A fenced block of a page, and what the comment before it says of running it. */
export interface Block {
  readonly language: string
  readonly code: string
  readonly line: number
  /** `<!-- run: … -->` before the fence. */
  readonly run: string | undefined
}

/** The fenced blocks of a Markdown file that name a language. */
export function readBlocks(path: URL): Block[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  const blocks: Block[] = []
  for (let index = 0; index < lines.length; index++) {
    const language = /^```(\w+)$/.exec(lines[index] ?? '')?.[1]
    if (language === undefined) continue
    const end = lines.indexOf('```', index + 1)
    const run = /^<!-- run: (.*) -->$/.exec(lines[index - 1] ?? '')?.[1]
    blocks.push({ language, code: lines.slice(index + 1, end).join('\n'), line: index + 1, run })
    index = end
  }
  return blocks
}

/** Whether a page says that it needs a Redis to be followed. */
export function needsRedis(path: URL): boolean {
  return readFileSync(path, 'utf8').startsWith('<!-- needs: redis -->')
}

/** A line to run, and the output that the page promises behind `#` or `//`; `…` stands for anything. */
export interface Line {
  readonly code: string
  readonly promised: string | undefined
}

/** The lines of a shell block; one that ends in a backslash goes on in the next. */
export function shellLines(code: string): Line[] {
  return code
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const match = /^(.*?\S)\s{2,}# (.*)$/.exec(line)
      return match === null ? { code: line, promised: undefined } : { code: match[1] as string, promised: match[2] }
    })
}

/** What a script block promises to print, line by line. */
export function promisedPrints(code: string): string[] {
  return [...code.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map((match) => match[1] as string)
}

/** Whether an output is what was promised. */
export function keepsPromise(output: string, promised: string): boolean {
  const pattern = promised
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+'))
    .join('[\\s\\S]*')
  return new RegExp(`^\\s*${pattern}\\s*$`).test(output)
}
