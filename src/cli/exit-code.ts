import { UnderstudyError, type ErrorCode } from '../core/errors.ts'
import { isSystemError } from './explain.ts'

/** What the command's exit status tells. */
export const exitCodes: ExitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  unsafe: 4,
  hook: 5,
  interrupted: 130,
}

interface ExitCodes {
  readonly ok: 0
  readonly failed: 1
  readonly usage: 2
  readonly unreachable: 3
  readonly unsafe: 4
  readonly hook: 5
  readonly interrupted: 130
}

const byError: Partial<Record<ErrorCode, number>> = {
  ERR_SERVER_UNREACHABLE: exitCodes.unreachable,
  ERR_STORE_UNAVAILABLE: exitCodes.unreachable,
  ERR_TARGET_UNREACHABLE: exitCodes.unreachable,
  ERR_UNSAFE: exitCodes.unsafe,
  ERR_EXPECTATION: exitCodes.failed,
  ERR_INTERNAL: exitCodes.failed,
}

/** The exit status of several: what somebody has to look at first. */
export function worstOf(codes: readonly number[]): number {
  const { interrupted, failed, hook, unreachable, unsafe, usage, ok } = exitCodes
  return [interrupted, failed, hook, unreachable, unsafe, usage].find((code) => codes.includes(code)) ?? ok
}

/** The exit status for an error: bad usage, bad input and what the system refuses are 2, what should not have happened is 1. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof UnderstudyError)) return isSystemError(error) ? exitCodes.usage : exitCodes.failed
  return byError[error.code] ?? exitCodes.usage
}
