import { UnderstudyError } from '../core/errors.ts'

/** An error in lines for people. What the system refuses is told as it tells it; what should not have happened, with where. */
export function explain(error: unknown): readonly string[] {
  if (error instanceof UnderstudyError) return error.lines
  if (isSystemError(error)) return [`${error.message}.`]
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `auth-understudy failed, please report this: ${what}`.split('\n')
}

/** Whether the system refused something that it was asked: a file, a folder, a port. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
