import type { AnyApi } from '../core/api.ts'
import { check, type Checked } from '../core/check.ts'
import type { Issue } from '../core/errors.ts'
import { list, object, type AnyField } from '../core/field.ts'
import { crowdIssues, storedFaultField } from './world-faults.ts'

/** A record that fits its key, with what an older version did not have yet filled in; null for one that was deleted. */
export function checkRecord(
  apis: readonly AnyApi[],
  key: string,
  record: unknown,
  path: Issue['path'],
): Checked<unknown> {
  if (key === 'faults') {
    const checked = check(list(storedFaultField, { about: 'faults' }), record, path, 'stored')
    const issues = checked.value === undefined ? [] : crowdIssues(checked.value, path)
    return issues.length === 0 ? checked : { issues }
  }
  const slash = key.indexOf('/')
  const api = apis.find((candidate) => candidate.id === key.slice(0, slash))
  if (api === undefined) return { issues: [{ path, message: 'belongs to no API of this world.' }] }
  const kind = key.slice(slash + 1).split(':')[0] as string
  if (kind === 'settings') return check(object(api.settings, { about: 'settings' }), record, path, 'stored')
  const known: AnyField | undefined = api.records[kind]
  if (known === undefined) return { issues: [{ path, message: `"${kind}" is not a kind of record of ${api.title}.` }] }
  return record === null ? { value: null, issues: [] } : check(known, record, path, 'stored')
}
