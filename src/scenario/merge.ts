import { asObject, isJsonObject, own, type Json, type JsonObject } from '../core/json.ts'

/** The child over its parent: maps are merged member by member, everything else is replaced. */
export function merge(parent: JsonObject, child: JsonObject | undefined): JsonObject {
  return asObject(mergeValues(parent, child))
}

function mergeValues(parent: Json | undefined, child: Json | undefined): Json | undefined {
  if (!isJsonObject(parent) || !isJsonObject(child)) return child ?? parent
  const names = new Set([...Object.keys(parent), ...Object.keys(child)])
  return Object.fromEntries([...names].map((name) => [name, mergeValues(own(parent, name), own(child, name))]))
}
