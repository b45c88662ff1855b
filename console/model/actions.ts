import type { JsonObject } from '../server/types.ts'
import { refresh, server, takeMade } from './live.ts'
import { act, attempt } from './messages.ts'
import { tellChanged } from './undo.ts'
import type { Problem } from '../server/problem.ts'

/** Does something to the world and shows what became of it, in the server's words or these; whether it worked. */
export async function change(what: () => Promise<unknown>, done?: string): Promise<boolean> {
  const worked = await act(what)
  if (worked) void tellChanged(takeMade(), done)
  void refresh()
  return worked
}

/** The same for whoever tells what is wrong in its own place. */
export async function tryChange(what: () => Promise<unknown>, done?: string): Promise<Problem | undefined> {
  const problem = await attempt(what)
  if (problem === undefined) void tellChanged(takeMade(), done)
  void refresh()
  return problem
}

const putUser = (api: string, username: string, body: JsonObject) => (): Promise<unknown> =>
  server.request('PUT /users/{api}/{username}', { params: { api, username }, body })

export const setUser = (api: string, username: string, body: JsonObject): Promise<boolean> =>
  change(putUser(api, username, body))

export const tryUser = (api: string, username: string, body: JsonObject): Promise<Problem | undefined> =>
  tryChange(putUser(api, username, body))

export const removeUser = (api: string, username: string): Promise<boolean> =>
  change(() => server.request('DELETE /users/{api}/{username}', { params: { api, username } }))

const patchApi = (api: string, body: JsonObject) => (): Promise<unknown> =>
  server.request('PATCH /apis/{api}', { params: { api }, body })

export const setApi = (api: string, body: JsonObject): Promise<boolean> => change(patchApi(api, body))

export const tryApi = (api: string, body: JsonObject): Promise<Problem | undefined> => tryChange(patchApi(api, body))

/** Puts settings back to what the scenario says: one, or all of an API. */
export const resetApi = (api: string, ...settings: readonly string[]): Promise<boolean> =>
  change(() =>
    server.request('POST /apis/{api}/reset', { params: { api }, body: settings.length === 0 ? {} : { settings } }),
  )

export const play = (scenario: string | JsonObject, done: string): Promise<boolean> =>
  change(() => server.request('POST /scenario', { body: { scenario } }), done)

export const reset = (): Promise<boolean> =>
  change(() => server.request('POST /reset'), 'The scenario was started again')

export const clearRequests = (): Promise<boolean> =>
  change(() => server.request('DELETE /requests'), 'The requests were cleared; nothing else was changed')

export const advance = (by: string): Promise<boolean> =>
  change(() => server.request('POST /clock/advance', { body: { by } }))

export const toNextEvent = (): Promise<boolean> => change(() => server.request('POST /clock/next'))

/** Stops the clock, or lets it run again. */
export const freeze = (frozen: boolean): Promise<boolean> =>
  change(() => server.request(frozen ? 'POST /clock/freeze' : 'POST /clock/resume'))
