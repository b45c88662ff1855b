import type { JsonObject } from '../server/types.ts'
import { pathOf } from '../server/server.ts'
import { refresh, server } from './live.ts'
import { act } from './messages.ts'

/** Does something to the world and shows what became of it; whether it worked. */
export async function change(method: string, path: string, body?: object, done?: string): Promise<boolean> {
  const worked = await act(() => server.send(method, path, body), done)
  void refresh()
  return worked
}

export const setUser = (api: string, username: string, patch: JsonObject): Promise<boolean> =>
  change('PUT', `/users${pathOf(api, username)}`, patch)

export const setApi = (api: string, patch: JsonObject): Promise<boolean> =>
  change('PATCH', `/apis${pathOf(api)}`, patch)

export const moveClock = (move: string, body?: object): Promise<boolean> => change('POST', `/clock/${move}`, body)

export const reset = (): Promise<boolean> => change('POST', '/reset', undefined, 'The scenario was started again')
