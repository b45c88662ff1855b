import { ControlError } from '../../src/control/control-error.ts'
import { formatIssue, type Issue } from '../../src/core/errors.ts'

/** What the control API says is wrong, in its own words. */
export class Problem extends Error {
  readonly title: string
  readonly status: number
  readonly issues: readonly Issue[]

  constructor(title: string, detail: string, status = 0, issues: readonly Issue[] = []) {
    super(detail)
    this.name = 'Problem'
    this.title = title
    this.status = status
    this.issues = issues
  }

  /** What is wrong by the field that it is about; `rest` is the field for what is about none of `names`. */
  byField(names: readonly string[], rest: string): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    if (this.issues.length === 0) found.set(rest, this.message)
    for (const issue of this.issues) {
      const name = names.find((each) => issue.path.includes(each)) ?? rest
      const words = formatIssue({ ...issue, path: [] })
      found.set(name, found.has(name) ? `${found.get(name)} ${words}` : words)
    }
    return found
  }
}

const unknown = 'That did not work'

/** Whatever was thrown, as something that can be shown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (!(error instanceof ControlError))
    return new Problem(unknown, error instanceof Error ? error.message : String(error))
  const { status, title, message } = error
  if (status === 0) return new Problem('The server does not answer', 'Nothing was changed. Is it still running?')
  if (title === undefined) return new Problem(unknown, `The server answered ${status}.`, status)
  return new Problem(title, message, status, error.issues)
}
