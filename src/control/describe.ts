import type { AnyApi } from '../core/api.ts'
import { formatDuration } from '../core/duration.ts'
import type { AnyField, FieldMap } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'

/** What there is to know of an API before anything is changed: its settings, its users' states, its operations. */
export function describeApi(api: AnyApi): JsonObject {
  const user = api.userChange
  const { state } = user
  return {
    states: state?.kind === 'choice' ? [...state.choices] : [],
    settings: describeFields(api.settings),
    user: describeFields(user),
    operations: api.operations.map(({ id, summary, methods, paths }) => ({
      id: `${api.id}.${id}`,
      summary,
      method: methods[0] ?? 'any',
      path: paths[0] ?? '',
    })),
  }
}

/** Fields as data, for forms. */
export function describeFields(fields: FieldMap): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describeField(field)]))
}

function describeField(field: AnyField): JsonObject {
  const { kind, about, openPoint, headline, default: preset } = field
  return {
    kind,
    about,
    ...shapeOf(field),
    ...(preset === undefined ? {} : { default: kind === 'duration' ? formatDuration(Number(preset)) : preset }),
    ...flags(field),
    ...(headline === undefined ? {} : { headline }),
    ...(openPoint === undefined ? {} : { assumed: openPoint }),
  }
}

function shapeOf(field: AnyField): JsonObject {
  switch (field.kind) {
    case 'text':
      return field.shape === undefined ? {} : { shape: field.shape }
    case 'integer':
    case 'number':
      return {
        ...(field.min === undefined ? {} : { min: field.min }),
        ...(field.max === undefined ? {} : { max: field.max }),
      }
    case 'choice':
      return { choices: [...field.choices] }
    case 'list':
    case 'map':
      return { item: describeField(field.item) }
    case 'object':
      return { fields: describeFields(field.fields) }
    default:
      return {}
  }
}

function flags(field: AnyField): JsonObject {
  const names = ['optional', 'nullable', 'secret'] as const
  return Object.fromEntries(names.filter((name) => field[name] === true).map((name) => [name, true]))
}
