import { constants, copyFileSync } from 'node:fs'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, type Json } from '../core/json.ts'
import { stateKind, stateVersion, sumUp, type State } from './entry.ts'
import { readLog } from './log.ts'
import { codeOf } from '../core/thrown.ts'

/** A state file, and how to speak of it. */
export interface StatePlace {
  readonly path: string
  /** The path as messages show it. */
  readonly shown: string
  readonly time: () => number
}

/**
 * What a file amounts to, and what is to be said of it. A damaged one is copied aside as it is; what stands before the
 * damage counts. Throws ERR_STATE_FILE for one that another version wrote.
 */
export function readState(
  { path, shown, time }: StatePlace,
  putAside: (path: string, now: number) => string = setAside,
): { readonly state: State | undefined; readonly notes: readonly string[] } {
  const log = readLog(path)
  if (log === undefined) return { state: undefined, notes: [] }
  if (log.entries.length === 0 && !log.unfinished && log.damagedLine === undefined) {
    return { state: undefined, notes: [`The state file ${shown} is empty: the scenario starts from its beginning.`] }
  }
  refuseVersion(log.entries[0], shown)
  const state = sum(log.entries, time())
  if (state !== undefined && log.damagedLine === undefined) {
    const note = `The last line of ${shown} was not finished: its request was never answered, and is left out.`
    return { state, notes: log.unfinished ? [note] : [] }
  }
  const where =
    log.damagedLine === undefined ? 'does not hold what a state file does' : `is damaged at line ${log.damagedLine}`
  const rest =
    state === undefined ? 'Nothing of it can be used.' : `The ${log.entries.length} lines before it are used.`
  const aside = putAside(path, time())
  return { state, notes: [`The state file ${shown} ${where}. It was copied to ${aside} as it is. ${rest}`] }
}

function refuseVersion(head: Json | undefined, shown: string): void {
  if (!isJsonObject(head) || head['kind'] !== stateKind || head['version'] === stateVersion) return
  const version = JSON.stringify(head['version'] ?? null).slice(0, 20)
  throw new UnderstudyError(
    'ERR_STATE_FILE',
    `${shown} was written by another version of auth-understudy, in format ${version} where this one has ${stateVersion}. It is left alone: serve it with that version, or name another file.`,
  )
}

function sum(entries: readonly Json[], now: number): State | undefined {
  try {
    return sumUp(entries, now)
  } catch {
    // Lines that are whole, and that no server of ours has written.
    return undefined
  }
}

/** Copies a file that is about to be written over to a name that is free. */
export function setAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  for (let count = 1; ; count++) {
    const aside = `${path}.damaged-${stamp}${count === 1 ? '' : `-${count}`}`
    try {
      copyFileSync(path, aside, constants.COPYFILE_EXCL)
      return aside
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}
