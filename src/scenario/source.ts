import { isNode, isPair, LineCounter, parseDocument, isMap, type Document } from 'yaml'
import { formatIssue, UnderstudyError, type ErrorCode, type Issue } from '../core/errors.ts'
import { deepest, isYamlNestedDeeply } from '../core/nesting.ts'
import { toPlainData, type Mistake } from './plain-data.ts'

/** Where the value (or the key) at a path stands, as deep as the path exists, and how deep that is. */
export interface Located {
  readonly depth: number
  readonly place: NonNullable<Issue['place']>
}

/** A YAML or JSON text that was parsed, and where in it each value stands. JSON is read as the YAML it also is. */
export interface ParsedSource {
  readonly file: string
  /** Plain data: what JSON can hold. */
  readonly data: unknown
  locate(issue: Issue): Located
}

/** A {@link ParsedSource} wherever it was read. */
export interface ReadSource {
  readonly file: string
  readonly data: unknown
  locate(issues: readonly Issue[]): Promise<readonly Located[]> | readonly Located[]
}

/** Reads a text as {@link parseSource} does, perhaps beside everything else. */
export type SourceReader = (text: string, file: string) => Promise<ReadSource>

/** Reads a text at once. */
export const readHere: SourceReader = async (text, file) => {
  const source = parseSource(text, file)
  return { file, data: source.data, locate: (issues) => issues.map((issue) => source.locate(issue)) }
}

const mostIssues = 20

/**
 * Parses a text in time that grows with its length. Throws with file, line and column of every mistake in its form:
 * names that are there twice, tags, second documents and whatever else has no meaning here are mistakes as well.
 */
export function parseSource(text: string, file: string, code: ErrorCode = 'ERR_SCENARIO_INVALID'): ParsedSource {
  // A byte order mark is no column that anybody counts.
  const yaml = text.replace(/^\uFEFF/, '')
  if (isYamlNestedDeeply(yaml)) {
    throw new UnderstudyError(code, `${file} is nested more than ${deepest} levels deep.`)
  }
  const lines = new LineCounter()
  const document = parseDocument(yaml, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    // The parser compares each name with all before it; `toPlainData` looks them up.
    uniqueKeys: false,
    // Whatever version a directive names.
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
  })
  const place = (offset: number): Located['place'] => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const inForm = formMistakes(document, yaml)
  const { data, mistakes } = inForm.length > 0 ? { mistakes: inForm } : toPlainData(document.contents)
  if (mistakes.length > 0) throw unparsable(mistakes, file, code, place)
  return {
    file,
    data,
    locate: (issue) => {
      const { depth, offset } = find(document, issue)
      return { depth, place: place(offset) }
    },
  }
}

function unparsable(
  mistakes: readonly Mistake[],
  file: string,
  code: ErrorCode,
  place: (offset: number) => Located['place'],
): UnderstudyError {
  // One mistake can bring many after it.
  const issues = mistakes
    .slice(0, mostIssues)
    .map(({ offset, message }): Issue => ({ path: [], message: message(place), place: place(offset) }))
  const more = mistakes.length - issues.length
  const rest = more === 0 ? [] : [`  … and ${more} more`]
  const shown = issues.map((issue) => `  ${file}:${issue.place?.line}:${issue.place?.column}: ${issue.message}`)
  return new UnderstudyError(code, [`${file} cannot be parsed.`, ...shown, ...rest], issues)
}

/** What the parser finds wrong. Its warnings are of what it would read in a way that nobody meant. */
function formMistakes(document: Document.Parsed, text: string): Mistake[] {
  const { explicit, version } = document.directives.yaml
  const told = [...document.errors, ...document.warnings].sort((one, other) => one.pos[0] - other.pos[0])
  const mistakes = told.map(({ code, message, pos }): Mistake => {
    const words = ourWords[code]?.(text.slice(...pos)) ?? `${message.replace(/\.?\s*$/, '')}.`
    return { offset: pos[0], message: () => words }
  })
  if (explicit === true && version !== '1.2') {
    const message = `Files are read as YAML 1.2, in which yes, no and 012 mean something else than in ${version}; leave %YAML ${version} out.`
    mistakes.push({ offset: text.indexOf('%YAML'), message: () => message })
  }
  return mistakes
}

/** Where the parser's own words are for programmers, or say too little. It is given what stands in that place. */
const ourWords: { readonly [code: string]: (quoted: string) => string } = {
  BAD_DIRECTIVE: (quoted) => `${JSON.stringify(quoted.split('\n')[0])} has no meaning here; leave the line out.`,
  MULTIPLE_DOCS: () => 'A second document begins here; a file holds one.',
  NON_STRING_KEY: () => 'A name is plain text: no list, no map, no alias and nothing with a tag.',
  TAB_AS_INDENT: () => 'Tabs are not allowed as indentation; use spaces.',
  TAG_RESOLVE_FAILED: (quoted) =>
    `${JSON.stringify(quoted)} has no meaning in this place; leave it out, and put what is text in quotes.`,
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

/** The error for a file that cannot be used: a sentence, and every mistake in the order of the file. */
export function inFileOrder(
  code: ErrorCode,
  sentence: string,
  source: Pick<ParsedSource, 'locate'>,
  issues: readonly Issue[],
): UnderstudyError {
  const placed = issues
    .map((issue) => ({ ...issue, place: source.locate(issue).place }))
    .sort((one, other) => one.place.line - other.place.line || one.place.column - other.place.column)
  return new UnderstudyError(code, [sentence, ...placed.map((issue) => `  ${formatIssue(issue)}`)], placed)
}
