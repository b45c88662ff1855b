import type { JsonObject } from '../core/json.ts'
import { openObject } from '../core/open-object.ts'
import { clockRoutes } from './clock-routes.ts'
import { controlPath } from './control-path.ts'
import { faultRoutes } from './fault-routes.ts'
import { openApi } from './openapi.ts'
import { overviewRoutes } from './overview-routes.ts'
import { passRoutes } from './pass-routes.ts'
import { pactRoutes } from './pact-routes.ts'
import { requestRoutes } from './request-routes.ts'
import { route, type ControlRoute, type TypedRoute } from './route.ts'
import { scenarioRoutes } from './scenario-routes.ts'
import { scriptRoutes } from './script-routes.ts'
import { scheduleRoutes } from './schedule-routes.ts'
import { settingRoutes } from './setting-routes.ts'
import { snapshotRoutes } from './snapshot-routes.ts'
import { undoRoutes } from './undo-routes.ts'
import { userRoutes } from './user-routes.ts'
import { worldRoutes } from './world-routes.ts'

const routes = [
  ...overviewRoutes,
  ...userRoutes,
  ...settingRoutes,
  ...clockRoutes,
  ...requestRoutes,
  ...scriptRoutes,
  ...faultRoutes,
  ...scenarioRoutes,
  ...worldRoutes,
  ...pactRoutes,
  ...passRoutes,
  ...snapshotRoutes,
  ...undoRoutes,
  ...scheduleRoutes,
  route('GET /openapi.json', {
    summary: 'this API in OpenAPI',
    answer: openObject({}, { about: 'a document of OpenAPI 3.1' }),
    handle: ({ world }): JsonObject => openApi(controlRoutes, controlPath, world.worlds.apis),
  }),
]

/** Every route there is. */
export const controlRoutes: readonly ControlRoute[] = routes

/** What each route is asked with and what it answers, by its name; for the compiler only. */
export type ControlTable = {
  readonly [Each in (typeof routes)[number] as Each['name']]: Each extends TypedRoute<string, infer Asked, infer Answer>
    ? { readonly asked: Asked; readonly answer: Answer }
    : never
}
