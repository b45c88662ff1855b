import { list, text } from '../core/field.ts'
import { route } from './route.ts'
import { apiField, shownApi } from './views.ts'

/** Settings that go back to what the scenario says. */
export const settingRoutes = [
  route('POST /apis/{api}/reset', {
    summary: 'puts settings of an API back to what the scenario says: those that are named, or all',
    params: { api: text({ about: 'the id of an API' }) },
    body: {
      settings: list(text({ about: 'the name of a setting' }), { about: 'which; all if left out', optional: true }),
    },
    answer: apiField,
    handle: ({ world, params, body }) => {
      const api = world.api(params.api)
      api.resetSettings(body.settings)
      return shownApi(api)
    },
  }),
]
