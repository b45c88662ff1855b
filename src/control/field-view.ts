import { formatDuration } from '../core/duration.ts'
import {
  anything,
  choice,
  flag,
  list,
  map,
  number,
  object,
  optionally,
  text,
  fieldKinds,
  type AnyField,
  type Field,
  type FieldMap,
  type Named,
} from '../core/field.ts'
import type { Infer } from '../core/infer.ts'
import type { Json } from '../core/json.ts'

const plainFields = {
  kind: choice(fieldKinds, { about: 'what kind of value it is' }),
  about: text({ about: 'what it means, in one line' }),
  shape: text({ about: 'how a text has to look', optional: true }),
  min: number({ about: 'the least', optional: true }),
  max: number({ about: 'the most', optional: true }),
  choices: list(text({ about: 'a word' }), { about: 'the words to choose from', optional: true }),
  meanings: map(text({ about: 'what a word means' }), { about: 'what each of the words means', optional: true }),
  default: anything({ about: 'what it is if left out', optional: true }),
  optional: flag({ about: 'whether it may be left out', optional: true }),
  nullable: flag({ about: 'whether null is a value as well', optional: true }),
  secret: flag({ about: 'whether it is never shown in reports', optional: true }),
  headline: text({ about: 'a name for people, of what they look for first', optional: true }),
  assumed: text({ about: 'the open point of the contract that the default settles', optional: true }),
}

/** A value that can be set, as forms need to know it. */
export type FieldView = Infer<typeof plainFields> & {
  readonly item?: FieldView
  readonly fields?: Named<FieldView>
}

/** How such a view looks itself. */
export const fieldViewField: Field<FieldView, FieldView, 'must'> = object(
  {
    ...plainFields,
    // Looked up when they are read: a view may hold views.
    get item(): Field<FieldView, FieldView, 'may'> {
      return optionally(fieldViewField)
    },
    get fields(): Field<Named<FieldView>, Named<FieldView>, 'may'> {
      return map(fieldViewField, { about: 'the members of an object', optional: true })
    },
  },
  { about: 'a value that can be set', named: 'Field' },
)

/** Fields as data, for forms. */
export function viewFields(fields: FieldMap): Named<FieldView> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, viewField(field)]))
}

function viewField(field: AnyField): FieldView {
  const { kind, about, openPoint, headline } = field
  return {
    kind,
    about,
    ...shapeOf(field),
    ...defaultOf(field),
    ...flags(field),
    ...(headline === undefined ? {} : { headline }),
    ...(openPoint === undefined ? {} : { assumed: openPoint }),
  }
}

function defaultOf({ kind, default: preset }: AnyField): { readonly default?: Json } {
  if (preset === undefined) return {}
  return { default: kind === 'duration' ? formatDuration(Number(preset)) : preset }
}

function shapeOf(field: AnyField): Partial<FieldView> {
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
      return { choices: [...field.choices], ...(field.meanings === undefined ? {} : { meanings: field.meanings }) }
    case 'list':
    case 'map':
      return { item: viewField(field.item) }
    case 'object':
      return { fields: viewFields(field.fields) }
    default:
      return {}
  }
}

function flags({ optional, nullable, secret }: AnyField): Partial<FieldView> {
  return {
    ...(optional === true ? { optional } : {}),
    ...(nullable === true ? { nullable } : {}),
    ...(secret === true ? { secret } : {}),
  }
}
