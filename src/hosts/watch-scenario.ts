import { watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { sameJson, type JsonObject } from '../core/json.ts'
import { filesIn } from '../scenario/files.ts'
import { loadScenario } from '../scenario/load.ts'
import type { Playable } from '../world/world-source.ts'
import { worldHeader } from '../core/world-header.ts'
import { readSource } from './source-reader.ts'

/** Where files are, and who is told, in words, what became of an edit. */
export interface Watching {
  readonly cwd: string
  readonly tell: (what: string | readonly string[]) => void
}

/** Files that are watched, until it is stopped. */
export interface Watch {
  /** There are none: a shipped scenario does not change. */
  readonly isIdle: boolean
  readonly stop: () => void
}

/** Editors write in several steps; this long after the last one the file is read. */
const settleMs = 80

/**
 * Takes over edits of a scenario file and of the files it extends, in every world. A file that cannot be used is
 * reported, and the last good scenario stays. Worlds of a store that was begun before the file was edited take it over at
 * once.
 */
export async function watchScenario(
  { cwd, tell }: Watching,
  main: Playable,
  scenario: string,
  overrides: JsonObject,
): Promise<Watch> {
  const { worlds } = main
  const files = filesIn(cwd)
  const load = (): ReturnType<typeof loadScenario> =>
    loadScenario(scenario, { apis: worlds.apis, files, readSource, overrides })
  let watchers: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined

  const reload = async (): Promise<void> => {
    try {
      const { setup, paths } = await load()
      const { result: names } = await worlds.act([], main, (world) => {
        world.worlds.startWith(setup)
        return world.worlds.names()
      })
      for (const name of names) {
        const { result } = await worlds.act([worldHeader, name], main, async (world) => {
          const report = await world.rebase(setup)
          await world.ready()
          return report
        })
        const { kept, lost } = result
        const what = lost.length === 0 ? 'nothing was lost' : `not kept: ${lost.join('; ')}`
        tell(`${scenario} was read again for world ${name}: running state of ${kept.length} records was kept, ${what}`)
      }
      follow(paths)
    } catch (error) {
      if (!(error instanceof UnderstudyError)) throw error
      tell([...error.lines, `The last good version of ${scenario} goes on.`])
    }
  }

  const follow = (paths: readonly string[]): void => {
    for (const stop of watchers) stop()
    // Folders, because editors often replace a file by renaming another.
    watchers = paths.map((path) => {
      const full = resolve(cwd, path)
      const watcher = watch(dirname(full), (_, name) => {
        if (name !== null && name !== basename(full)) return
        clearTimeout(timer)
        timer = setTimeout(() => void reload(), settleMs)
      })
      return () => watcher.close()
    })
  }

  const { setup, paths } = await load()
  const { result: started } = await worlds.act([], main, (world) => world.worlds.started)
  if (!sameJson(started.source, setup.source)) await reload()
  follow(paths)
  return {
    isIdle: paths.length === 0,
    stop: () => {
      clearTimeout(timer)
      for (const stop of watchers) stop()
    },
  }
}
