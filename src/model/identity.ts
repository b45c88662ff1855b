import type { Identity, PersonFacts } from '../core/api.ts'
import type { FieldMap } from '../core/field.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'

/** How people become users of an API whose section has them by name; `told` is what is known of a person, in its words. */
export function identityByName<Fields extends FieldMap>(
  fields: Fields,
  told: (facts: PersonFacts) => JsonObject,
): Identity<Fields> {
  return {
    fields,
    add: (given, people) => {
      const written = given['users'] ?? {}
      if (!isJsonObject(written)) return given
      const added = people.map(({ username, facts, spec }) => [username, { ...known(told(facts)), ...spec }] as const)
      return { ...given, users: Object.fromEntries([...Object.entries(written), ...added]) }
    },
  }
}

/** What is not known is not said. */
function known(facts: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
