import { isNode, isPair, LineCounter, parseDocument, isMap, type Document } from 'yaml'
import { UnderstudyError, type ErrorCode, type Issue } from '../core/errors.ts'
import { deepest, isYamlNestedDeeply } from '../core/nesting.ts'

/** A YAML or JSON text that was parsed, and where in it each value stands. JSON is read as the YAML it also is. */
export interface Source {
  readonly file: string
  readonly data: unknown
  /** Where the value (or the key) at a path stands, as deep as the path exists, and how deep that is. */
  locate(issue: Issue): { readonly depth: number; readonly place: NonNullable<Issue['place']> }
}

const mostIssues = 20

/** Parses a text. Throws with file, line and column of every mistake in its form. */
export function parseSource(text: string, file: string, code: ErrorCode = 'ERR_SCENARIO_INVALID'): Source {
  if (isYamlNestedDeeply(text)) {
    throw new UnderstudyError(code, `${file} is nested more than ${deepest} levels deep.`)
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  if (document.errors.length > 0) {
    // One mistake can bring many after it.
    const issues = document.errors.slice(0, mostIssues).map((error): Issue => {
      const { line, col } = lines.linePos(error.pos[0])
      return { path: [], message: `${error.message.replace(/\.?\s*$/, '')}.`, place: { file, line, column: col } }
    })
    const more = document.errors.length - issues.length
    const rest = more === 0 ? [] : [`  … and ${more} more`]
    const shown = issues.map(({ place, message }) => `  ${file}:${place?.line}:${place?.column}: ${message}`)
    throw new UnderstudyError(code, [`${file} cannot be parsed.`, ...shown, ...rest], issues)
  }
  return {
    file,
    data: toData(document, file, code),
    locate: (issue) => {
      const { depth, offset } = find(document, issue)
      const { line, col } = lines.linePos(offset)
      return { depth, place: { file, line, column: col } }
    },
  }
}

function toData(document: Document.Parsed, file: string, code: ErrorCode): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new UnderstudyError(code, `${file} cannot be read: ${(error as Error).message}`)
  }
}

function find(document: Document.Parsed, issue: Issue): { depth: number; offset: number } {
  for (let depth = issue.path.length; depth > 0; depth--) {
    const path = issue.path.slice(0, depth)
    const key = keyOffset(document, path)
    const node = document.getIn(path, true)
    const wholePath = depth === issue.path.length
    if (isNode(node) && node.range && !(wholePath && issue.onKey === true)) return { depth, offset: node.range[0] }
    if (key !== undefined) return { depth, offset: key }
  }
  return { depth: 0, offset: document.contents?.range[0] ?? 0 }
}

function keyOffset(document: Document.Parsed, path: Issue['path']): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const name = path.at(-1)
  const pair = parent.items.find((item) => isPair(item) && isNode(item.key) && String(item.key) === String(name))
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined
}
