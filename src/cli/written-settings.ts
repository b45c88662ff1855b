import { checkSettings } from '../contract/target/settings.ts'
import { viewFields } from '../control/field-view.ts'
import { readPair, toPatch } from '../control/written-patch.ts'
import type { AnyApi } from '../core/api.ts'
import { unusable } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'

/** Settings of an API as a command line has them, `dialect=observed`, over others. Throws ERR_USAGE, with the nearest name. */
export function writtenSettings(
  api: Pick<AnyApi, 'settings' | 'title'>,
  pairs: readonly string[],
  others: JsonObject = {},
): JsonObject {
  const given = { ...others, ...toPatch(pairs.map(readPair), viewFields(api.settings)) }
  const { issues } = checkSettings(api, given)
  if (issues.length > 0) throw unusable('ERR_USAGE', `These settings of ${api.title}`, issues)
  return given
}
