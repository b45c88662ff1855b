import type { JsonObject } from '../../core/json.ts'
import type { Kit } from '../../core/kit.ts'
import { isDifferent, type CheckResult } from './exchange.ts'

/** Why nothing more can be found out from a server, after it met the kit's gate; undefined where there is more. */
export function closedBy({ gate }: Kit, id: string, { exchanges }: CheckResult): string | undefined {
  if (gate?.journey !== id) return undefined
  const [first] = exchanges.find(isDifferent)?.differences ?? []
  if (first?.where !== 'status' || !gate.statuses.test(first.received)) return undefined
  return `the server answers ${first.received} to the simplest request (${id}), so nothing more can be found out`
}

/** Why a server refuses everything through no fault of its own, and what to write into the target. */
export function excuseOf(
  { gate }: Kit,
  id: string,
  { exchanges }: CheckResult,
  settings: JsonObject,
): string | undefined {
  if (gate?.journey !== id) return undefined
  const received = exchanges.find(isDifferent)?.received
  return received === undefined ? undefined : gate.excuse?.(received, settings)
}
