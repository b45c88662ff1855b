import { asObject, type Json, type JsonObject } from '../core/json.ts'
import type { RepeatableCall } from '../world/call.ts'
import type { World } from '../world/world.ts'
import type { ControlCall, ControlResult, ControlRoute } from './route.ts'

/** They change what is kept beside a world, or nothing. */
const aside = new Set([
  'POST /snapshots',
  'DELETE /snapshots/{name}',
  'POST /share',
  'POST /share/read',
  'DELETE /worlds/{name}',
  'POST /passes',
  'POST /passes/exchange',
])

/** After them a world is what they say, whatever was before. */
const restarts = new Set(['POST /reset', 'POST /scenario', 'POST /snapshots/{name}/restore'])

/** As much of a call as is kept: longer ones are of no person's making. */
const longestCall = 65_536

/** Handles a call, and notes how it was asked for beside what it did, for scripts that do it again. */
export async function handleNoted(route: ControlRoute, call: ControlCall): Promise<ControlResult> {
  const { world } = call
  if (route.method === 'GET' || aside.has(route.name)) return route.handle(call)
  const since = world.story.noted
  const result = await route.handle(call)
  if (route.name === 'DELETE /requests') world.story.clear(true)
  else if (route.name === 'POST /undo') noteUndo(world, since, asObject(result as Json))
  else world.story.did(since, toCall(route, call, world))
  return result
}

/** By what was taken back, as ids are others where it is done again. */
function noteUndo({ story }: World, since: number, { what = '', at = '', requests = 0 }: JsonObject): void {
  if (requests !== 0) story.clear(false)
  story.did(since, { route: 'POST /undo', params: {}, query: {}, body: { what, at } })
}

function toCall({ name }: ControlRoute, { params, query, body }: ControlCall, { worlds }: World): RepeatableCall {
  if (restarts.has(name)) {
    const saved = params['name']
    const snapshot = saved === undefined ? undefined : worlds.snapshots.get(saved)
    return { route: name, params, query: {}, body: snapshot === undefined ? {} : { snapshot }, restarts: true }
  }
  const isShort = JSON.stringify([params, query, body]).length <= longestCall
  return { route: name, params, query: isShort ? query : {}, body: isShort ? body : tooLong }
}

/** What stands for a body that was not kept. */
export const tooLong: JsonObject = { understudy: 'too long to be kept' }
