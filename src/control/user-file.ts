import type { FieldView } from './field-view.ts'
import { readable } from '../core/check.ts'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import type { Named } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { CsvError, readCsv, type CsvCell } from '../core/csv.ts'
import { toPatch } from './written-patch.ts'

/** Users as a CSV file lists them. */
export interface UserFile {
  readonly users: readonly JsonObject[]
  /** The error with what somebody else found wrong with them, by the place where it is written. */
  readonly wrong: (issues: readonly Issue[]) => UnderstudyError
}

/**
 * Reads users off a CSV file whose first line names the members that a scenario writes of a user, `username` among them;
 * `twoFactor.code` is one further in. An empty cell says nothing. Throws ERR_USAGE, with line and column of all that is wrong.
 */
export function readUserFile(file: string, text: string, fields: Named<FieldView>): UserFile {
  const at = ({ line, column }: { readonly line: number; readonly column: number }): Pick<Issue, 'path' | 'place'> => ({
    path: [],
    place: { file, line, column },
  })
  const failed = (issues: Iterable<Issue>): UnderstudyError =>
    new UnderstudyError('ERR_USAGE', [
      `${file} was not imported, and nothing was changed:`,
      ...readable(issues).map((issue) => `  ${formatIssue(issue)}`),
    ])
  const [header, ...rows] = rowsOf(text, (error) => failed([{ ...at(error), message: error.message }]))
  if (header === undefined)
    throw failed([{ ...at({ line: 1, column: 1 }), message: 'There is no line that names members.' }])
  const issues = [...headerIssues(header, fields, at), ...rows.flatMap((row) => lengthIssues(row, header, at))]
  if (issues.length > 0) throw failed(issues)
  return {
    users: rows.map((row) => toUser(header, row, fields)),
    wrong: (found) =>
      failed(
        found.map(({ path: [, which, ...rest], place: _place, ...issue }) => {
          const row = rows[Number(which)]
          const index = header.findIndex(({ text: name }) => rest.join('.').startsWith(name))
          return { ...issue, ...at(row?.[Math.max(0, index)] ?? { line: 1, column: 1 }) }
        }),
      ),
  }
}

function rowsOf(text: string, failed: (error: CsvError) => UnderstudyError): readonly (readonly CsvCell[])[] {
  try {
    return readCsv(text)
  } catch (error) {
    throw error instanceof CsvError ? failed(error) : error
  }
}

type At = (cell: CsvCell) => Pick<Issue, 'path' | 'place'>

function* headerIssues(header: readonly CsvCell[], fields: Named<FieldView>, at: At): Iterable<Issue> {
  const names = ['username', ...Object.keys(fields)]
  for (const [index, cell] of header.entries()) {
    const [name = ''] = cell.text.split('.', 1)
    const nearest = nearestWord(name, names)
    if (!names.includes(name))
      yield {
        ...at(cell),
        message: `"${cell.text}" is no member of a user; there are ${names.join(', ')}.`,
        ...(nearest === undefined ? {} : { nearest }),
      }
    if (header.findIndex(({ text }) => text === cell.text) < index)
      yield { ...at(cell), message: `"${cell.text}" is there twice.` }
  }
  const [first] = header
  if (first !== undefined && !header.some(({ text }) => text === 'username'))
    yield { ...at(first), message: 'No column is called username.' }
}

function lengthIssues(row: readonly CsvCell[], header: readonly CsvCell[], at: At): readonly Issue[] {
  if (row.length === header.length) return []
  const message = `This line has ${row.length} ${row.length === 1 ? 'cell' : 'cells'}, and the first one ${header.length}.`
  return [{ ...at((row[header.length] ?? row.at(-1)) as CsvCell), message }]
}

function toUser(header: readonly CsvCell[], row: readonly CsvCell[], fields: Named<FieldView>): JsonObject {
  const user: { [name: string]: Json } = {}
  for (const [index, { text: name }] of header.entries()) {
    const text = row[index]?.text ?? ''
    if (text === '') continue
    const [outer = '', inner] = name.split(/\.(.*)/s, 2)
    if (inner === undefined) Object.assign(user, toPatch([[outer, text]], fields))
    else {
      const read = toPatch([[inner, text]], fields[outer]?.fields ?? {})
      user[outer] = { ...(user[outer] as JsonObject | undefined), ...read }
    }
  }
  return user
}
