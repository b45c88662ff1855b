import { watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { readSource } from '../hosts/source-reader.ts'
import { UnderstudyError } from '../core/errors.ts'
import { sameJson, type JsonObject } from '../core/json.ts'
import { filesIn } from '../scenario/files.ts'
import { loadScenario } from '../scenario/load.ts'
import type { Playable } from '../world/world-source.ts'
import { worldHeader } from '../world/worlds.ts'
import type { Shell } from './command.ts'

/** Editors write in several steps; this long after the last one the file is read. */
const settleMs = 80

/**
 * Takes over edits of a scenario file and of the files it extends, in every world. A file that cannot be used is
 * reported, and the last good scenario stays. Worlds of a store that was begun before the file was edited take it over at
 * once. The result stops watching.
 */
export async function watchScenario(
  shell: Shell,
  main: Playable,
  scenario: string,
  overrides: JsonObject,
): Promise<() => void> {
  const { worlds } = main
  const files = filesIn(shell.io.cwd)
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
        shell.io.err(
          `${scenario} was read again for world ${name}: running state of ${kept.length} records was kept, ${what}`,
        )
      }
      follow(paths)
    } catch (error) {
      if (!(error instanceof UnderstudyError)) throw error
      shell.io.err([...error.lines, `The last good version of ${scenario} goes on.`])
    }
  }

  const follow = (paths: readonly string[]): void => {
    for (const stop of watchers) stop()
    // Folders, because editors often replace a file by renaming another.
    watchers = paths.map((path) => {
      const full = resolve(shell.io.cwd, path)
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
  if (paths.length === 0) {
    const how = 'Copy it with `understudy scenario new`.'
    shell.io.err(`${scenario} is a shipped scenario, which does not change: --watch does nothing. ${how}`)
  }
  follow(paths)
  return () => {
    clearTimeout(timer)
    for (const stop of watchers) stop()
  }
}
