import { providerState, type ProviderState } from '../core/api.ts'
import { moment, type FieldMap } from '../core/field.ts'
import type { Infer } from '../core/infer.ts'
import type { JsonObject } from '../core/json.ts'

/** A provider state that sets settings. */
export function settingState<Params extends FieldMap>(
  about: string,
  params: Params,
  toPatch: (params: Infer<Params>) => JsonObject,
): ProviderState {
  return providerState({
    about,
    params,
    arrange: (arrangement) => {
      arrangement.patchSettings(toPatch(arrangement.params))
      return {}
    },
  })
}

/** The provider state that stops the clock. */
export const clockState: ProviderState = providerState({
  about: 'stops the clock at an instant',
  isShared: true,
  params: { at: moment({ about: 'the instant' }) },
  arrange: ({ params: { at }, now, setClock }) => {
    // Not the nearest instant that can be told: what lies beyond is refused.
    setClock('at' in at ? at.at : now + at.in)
    return {}
  },
})
