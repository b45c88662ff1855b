import { resolve } from 'node:path'
import { StateFile } from '../state-files/file.ts'
import { setAside } from '../state-files/reading.ts'
import type { State } from '../state-files/entry.ts'
import { UnderstudyError } from '../core/errors.ts'
import { sameJson } from '../core/json.ts'
import type { World } from '../world/world.ts'
import type { Keeper } from '../world/keeper.ts'
import type { Setup } from '../world/setup.ts'
import type { Io } from './io.ts'

/** A world that goes on from a file, and is kept in it. */
export interface KeptWorld {
  readonly world: World
  readonly state: StateFile
}

/**
 * Goes on from a state file, if there is one, and keeps the worlds in it from now on. Throws ERR_STATE_FILE for a file
 * that is another scenario's, and leaves it alone; what is damaged is told and set aside.
 */
export async function keepState(io: Io, path: string, create: (keeper: Keeper) => Promise<World>): Promise<KeptWorld> {
  const { pid, now: time } = io
  const tell = (what: string): void => io.err(what)
  const state = await StateFile.open({ path: resolve(io.cwd, path), shown: path, pid, time, tell })
  try {
    const world = await create(state)
    const served = world.scenario
    for (const note of state.notes) io.err(note)
    if (state.found !== undefined) await goOn(io, { path: state.path, shown: path, time }, state.found, world, served)
    state.begin(world.worlds, served)
    return { world, state }
  } catch (error) {
    state.close()
    throw error
  }
}

async function goOn(
  io: Io,
  { path, shown, time }: { readonly path: string; readonly shown: string; readonly time: () => number },
  found: State,
  world: World,
  served: Setup,
): Promise<void> {
  const { name } = found.head.scenario
  if (name !== served.name) {
    throw new UnderstudyError(
      'ERR_STATE_FILE',
      `${shown} holds the state of the scenario ${name}, not of ${served.name}. Serve ${name}, name another file, or delete this one.`,
    )
  }
  try {
    await restore(found, world)
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    io.err([
      `The state in ${shown} cannot be used, and was copied to ${setAside(path, time())} as it is. ${served.name} starts from its beginning.`,
      ...error.lines,
    ])
    await startAnew(world, served)
    return
  }
  io.err(`${served.name} goes on as ${shown} has it: ${found.worlds.size} world(s).`)
  if (!sameJson(found.head.scenario.source, served.source)) await takeOver(io, world, served)
}

async function restore(found: State, world: World): Promise<void> {
  const { worlds } = world
  if (found.scenario !== undefined) {
    const { name, source } = found.scenario
    worlds.useScenario(worlds.readScenario(source, name))
  }
  for (const [name, snapshot] of found.snapshots) {
    world.checkSnapshot(snapshot)
    worlds.saveSnapshot(name, snapshot)
  }
  for (const [name, snapshot] of found.worlds) {
    const each = worlds.get(name)
    each.restore(snapshot)
    await each.ready()
  }
}

async function startAnew(world: World, served: Setup): Promise<void> {
  const { worlds } = world
  for (const name of worlds.names()) worlds.drop(name)
  worlds.useScenario(served)
  await world.startScenario(served)
}

/** The scenario was edited while no server ran: worlds that play it keep what the edit does not touch. */
async function takeOver(io: Io, world: World, served: Setup): Promise<void> {
  const { worlds } = world
  if (worlds.scenario.name === served.name) worlds.useScenario(served)
  for (const each of worlds.all()) {
    if (each.scenario.name !== served.name) continue
    const { kept, lost } = await each.rebase(served)
    await each.ready()
    const what = lost.length === 0 ? 'nothing was lost' : `not kept: ${lost.join('; ')}`
    io.err(
      `${served.name} was edited since: running state of ${kept.length} records of world ${each.name} was kept, ${what}`,
    )
  }
}
