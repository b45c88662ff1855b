import { printable } from './printable.ts'

/** Every code an error of this package can carry. */
export type ErrorCode =
  | 'ERR_API_INVALID'
  | 'ERR_API_UNKNOWN'
  | 'ERR_BODY_INVALID'
  | 'ERR_CHANGE_INVALID'
  | 'ERR_CHANGE_UNKNOWN'
  | 'ERR_EVENT_UNKNOWN'
  | 'ERR_EXPECTATION'
  | 'ERR_FAULT_UNKNOWN'
  | 'ERR_FILTER_INVALID'
  | 'ERR_HOST_REFUSED'
  | 'ERR_INTERNAL'
  | 'ERR_JOURNEY_INVALID'
  | 'ERR_LINT'
  | 'ERR_MUTANT_UNKNOWN'
  | 'ERR_NOT_ASKED'
  | 'ERR_NOT_SUPPORTED'
  | 'ERR_NO_ROOM'
  | 'ERR_ORIGIN_REFUSED'
  | 'ERR_PORT_IN_USE'
  | 'ERR_PRODUCTION'
  | 'ERR_REQUEST_UNKNOWN'
  | 'ERR_SCENARIO_INVALID'
  | 'ERR_SCENARIO_UNKNOWN'
  | 'ERR_SERVER_UNREACHABLE'
  | 'ERR_SNAPSHOT_INVALID'
  | 'ERR_SNAPSHOT_UNKNOWN'
  | 'ERR_STATE_FILE'
  | 'ERR_STATE_UNKNOWN'
  | 'ERR_STORE_REFUSED'
  | 'ERR_STORE_UNAVAILABLE'
  | 'ERR_TARGET_INVALID'
  | 'ERR_TARGET_UNREACHABLE'
  | 'ERR_TOKEN_REFUSED'
  | 'ERR_UNDO_REFUSED'
  | 'ERR_UNSAFE'
  | 'ERR_USAGE'
  | 'ERR_USER_AMBIGUOUS'
  | 'ERR_USER_UNKNOWN'
  | 'ERR_WORLD_INVALID'
  | 'ERR_WORLD_UNKNOWN'

/** One thing that is wrong with data somebody wrote, and where. */
export interface Issue {
  /** Keys and indexes that lead to it. */
  readonly path: readonly (string | number)[]
  /** What is wrong, with the value, and what was expected. */
  readonly message: string
  /** The nearest word that would have been valid. */
  readonly nearest?: string
  /** The key itself is wrong, not its value. */
  readonly onKey?: boolean
  /** Where in a file, counted from 1. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number }
}

/**
 * What this package throws: a closed code to act on, a sentence to read.
 *
 * @example
 * ```ts
 * import { createWorld, UnderstudyError } from 'auth-understudy'
 *
 * const error: unknown = await createWorld('./lokout.yaml').catch((reason: unknown) => reason)
 * console.log(error instanceof UnderstudyError && error.code) // ERR_SCENARIO_UNKNOWN
 * ```
 * @since 0.1.0
 */
export class UnderstudyError extends Error {
  readonly code: ErrorCode
  readonly issues: readonly Issue[]

  /**
   * A message is one line, or a list of lines. As values from outside are in them, each is made printable here: a name with a
   * line end or an escape sequence in it forges nothing, wherever the message is shown.
   */
  constructor(code: ErrorCode, message: string | readonly string[], issues: readonly Issue[] = []) {
    super([message].flat().map(printable).join('\n'))
    this.name = 'UnderstudyError'
    this.code = code
    this.issues = issues
  }

  /** The message, line by line. */
  get lines(): readonly string[] {
    return this.message.split('\n')
  }
}

/** A sentence's end that names the nearest valid word, or nothing. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`
}

/** One line for one issue: where, what, and the word that was probably meant. */
export function formatIssue(issue: Issue): string {
  const { place } = issue
  const where = [place === undefined ? '' : `${place.file}:${place.line}:${place.column}`, formatPath(issue.path)]
    .filter((part) => part !== '')
    .join(': ')
  return `${where === '' ? '' : `${where}: `}${issue.message}${didYouMean(issue.nearest)}`
}

/** The same issues of what stands further in. */
export function* issuesBelow(path: Issue['path'], issues: Iterable<Issue>): Iterable<Issue> {
  for (const issue of issues) yield { ...issue, path: [...path, ...issue.path] }
}

/** The error for something that cannot be used; one line for each issue. */
export function unusable(code: ErrorCode, what: string, issues: readonly Issue[]): UnderstudyError {
  const count = issues.length === 1 ? 'one thing is' : `${issues.length} things are`
  const lines = issues.map((issue) => `  ${formatIssue(issue)}`)
  return new UnderstudyError(code, [`${what} cannot be used: ${count} wrong.`, ...lines], issues)
}

/** A path as it is read: `secure-login.users.alice.state`, `faults[0].on`. */
export function formatPath(path: Issue['path']): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

/** A change to a user or a setting that cannot be: of which member, and why. */
export function changeInvalid(member: string, message: string): UnderstudyError {
  return new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [member], message }])
}
