import type { AnyApi } from '../core/api.ts'
import { check, type Checked } from '../core/check.ts'
import type { Issue } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import { list, object, type AnyField } from '../core/field.ts'
import { storedFaultField } from './fault-field.ts'
import { crowdIssues } from './fault-issues.ts'
import { storedScheduledField } from './scheduled.ts'
import { scheduleIssues } from './scheduled-issues.ts'

const faultsField = list(storedFaultField, { about: 'faults' })
const scheduleField = list(storedScheduledField, { about: 'what is to come' })

/** What describes the record under a key, where something does. */
export function fieldOfRecord(apis: readonly AnyApi[], key: string): AnyField | undefined {
  if (key === 'faults') return faultsField
  if (key === 'schedule') return scheduleField
  const slash = key.indexOf('/')
  const api = apis.find((candidate) => candidate.id === key.slice(0, slash))
  const kind = kindOf(key)
  return kind === 'settings' && api !== undefined ? object(api.settings, { about: 'settings' }) : api?.records[kind]
}

function kindOf(key: string): string {
  return key.slice(key.indexOf('/') + 1).split(':')[0] as string
}

/** A record that fits its key, with what an older version did not have yet filled in; null for one that was deleted. */
export function checkRecord(apis: readonly AnyApi[], key: string, record: unknown, path: Issue['path']): Checked<Json> {
  const field = fieldOfRecord(apis, key)
  if (field === undefined) {
    const api = apis.find(({ id }) => id === key.slice(0, key.indexOf('/')))
    if (api === undefined) return { issues: [{ path, message: 'belongs to no API of this world.' }] }
    return { issues: [{ path, message: `"${kindOf(key)}" is not a kind of record of ${api.title}.` }] }
  }
  const mayGo = key !== 'faults' && key !== 'schedule' && kindOf(key) !== 'settings'
  if (record === null && mayGo) return { value: null, issues: [] }
  if (key === 'faults') return withAll(check(faultsField, record, path, 'stored'), (all) => crowdIssues(all, path))
  if (key === 'schedule')
    return withAll(check(scheduleField, record, path, 'stored'), (all) => scheduleIssues(all, apis, path))
  return check(field, record, path, 'stored')
}

/** With what is wrong with all together although each fits. */
function withAll<Value extends Json>(
  checked: Checked<Value>,
  wrongWith: (all: Value) => readonly Issue[],
): Checked<Value> {
  const issues = checked.value === undefined ? [] : wrongWith(checked.value)
  return issues.length === 0 ? checked : { issues }
}
