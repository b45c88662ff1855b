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

/** Whatever was thrown, as something that can be shown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem('That did not work', error instanceof Error ? error.message : String(error))
}

/** The problem that an answer tells. */
export async function readProblem(response: Response): Promise<Problem> {
  const data: unknown = await response.json().catch(() => undefined)
  const { title, detail } = (typeof data === 'object' && data !== null ? data : {}) as {
    readonly title?: string
    readonly detail?: string
  }
  return new Problem(title ?? 'That did not work', detail ?? `The server answered ${response.status}.`, response.status)
}
