import { expect } from 'vitest'
import type { WorldOf } from '../../src/index.ts'
import { callControl, type ControlAnswer } from './control-client.ts'

/** Everything that a control call could have changed. */
export function everything(world: WorldOf): unknown {
  const { worlds } = world
  return [world.snapshot(), world.requests, worlds.names(), [...worlds.snapshots], world.scenario.name, worlds.evicted]
}

/** A call that has to be refused by a problem, without anything having changed or anybody having been told. */
export async function refused(
  world: WorldOf,
  method: string,
  path: string,
  body?: unknown,
  headers?: readonly string[],
): Promise<ControlAnswer> {
  const before = JSON.stringify(everything(world))
  const heard: unknown[] = []
  const stop = world.listen((event) => heard.push(event))
  const answer = await callControl(world, method, path, body, headers)
  stop()
  expect([JSON.stringify(everything(world)), heard]).toEqual([before, []])
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.body).toMatchObject({ type: 'about:blank', title: expect.any(String), detail: expect.any(String) })
  expect(answer.body['status']).toBe(answer.status)
  return answer
}
