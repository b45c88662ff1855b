import { ControlError } from '../../src/control/control-error.ts'

/** What the control API says is wrong, in its own words. */
export class Problem extends Error {
  readonly title: string
  readonly status: number

  constructor(title: string, detail: string, status = 0) {
    super(detail)
    this.name = 'Problem'
    this.title = title
    this.status = status
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
  return new Problem(title, message, status)
}
