import type { Json } from '../core/json.ts'
import { show, type LiveOptions, type Shell } from './command.ts'
import { table } from './table.ts'

/** What differs from a snapshot, or the start of the scenario, to another, or to now. */
export function showDifference(
  shell: Shell,
  options: LiveOptions,
  from: string | undefined,
  to: string | undefined,
): Promise<void> {
  return show(
    shell,
    options,
    (server) => server.request('GET /difference', { query: { from, to } }),
    ({ differences }) => {
      if (differences.length === 0) return ['nothing differs']
      const rows = differences.map(({ of, member, before, after }) => [of, member, inWords(before), inWords(after)])
      return table(['WHAT', 'MEMBER', 'BEFORE', 'AFTER'], rows)
    },
  )
}

function inWords(value: Json): string {
  if (value === null) return '-'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
