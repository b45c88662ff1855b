import { check, type Checked } from '../../core/check.ts'
import { object } from '../../core/field.ts'
import type { JsonObject } from '../../core/json.ts'
import type { CheckedApi } from './checked-api.ts'

/** Settings as an API reads them, defaults filled in; or what is wrong with them. */
export function checkSettings(
  { settings: fields }: Pick<CheckedApi, 'settings'>,
  given: JsonObject,
): Checked<JsonObject> {
  return check(object(fields, { about: 'settings' }), given, ['settings'])
}

/** The same of settings that fit. */
export function readSettings(api: Pick<CheckedApi, 'settings'>, given: JsonObject): JsonObject {
  return checkSettings(api, given).value ?? {}
}
