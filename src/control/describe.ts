import type { AnyApi } from '../core/api.ts'
import { list, map, object, text, type FieldMap } from '../core/field.ts'
import type { InferField } from '../core/infer.ts'
import { fieldViewField, viewFields } from './field-view.ts'

/** What there is to know of an API before anything is changed: its settings, its users' states, its operations. */
export const describedField = object(
  {
    states: list(text({ about: 'a state' }), { about: 'the states that can be forced on a user' }),
    settings: map(fieldViewField, { about: 'its settings' }),
    user: map(fieldViewField, { about: 'what can be set on a user' }),
    newUser: map(fieldViewField, {
      about: 'what a scenario, or whoever adds one, writes of a user beside the username',
    }),
    operations: list(
      object(
        {
          id: text({ about: 'as faults name it' }),
          summary: text({ about: 'what it does' }),
          method: text({ about: 'its method, or any' }),
          path: text({ about: 'its path, below that of the API' }),
        },
        { about: 'an operation' },
      ),
      { about: 'what it answers' },
    ),
  },
  { about: 'what can be set, and what it answers' },
)

export function describeApi(api: AnyApi): InferField<typeof describedField> {
  const user = api.userChange
  const { state } = user
  return {
    states: state?.kind === 'choice' ? [...state.choices] : [],
    settings: viewFields(api.settings),
    user: viewFields(user),
    newUser: viewFields(newUserOf(api)),
    operations: api.operations.map(({ id, summary, methods, paths }) => ({
      id: `${api.id}.${id}`,
      summary,
      method: methods[0] ?? 'any',
      path: paths[0] ?? '',
    })),
  }
}

function newUserOf({ section: { users } }: AnyApi): FieldMap {
  const item = users?.kind === 'map' || users?.kind === 'list' ? users.item : undefined
  const { username: _username, ...fields } = item?.kind === 'object' ? item.fields : {}
  return fields
}
