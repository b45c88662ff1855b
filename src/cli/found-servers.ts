import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { readWords, type LeftWord, type LeftWords } from './server-file.ts'

/** What the directories hold, the nearest first: this one, and those above it up to the root of the repository. */
export async function foundServers(cwd: string): Promise<readonly LeftWords[]> {
  return Promise.all(placesFrom(cwd).map(readWords))
}

/** Servers of the nearest directory that has any. Throws ERR_USAGE where there is only what is not used. */
export async function nearestServers(cwd: string): Promise<readonly LeftWord[]> {
  const found = await foundServers(cwd)
  const nearest = found.find(({ servers }) => servers.length > 0)
  if (nearest !== undefined) return nearest.servers
  const [distrusted] = found.flatMap((each) => each.distrusted)
  if (distrusted !== undefined) {
    const instead = 'Start a server here with `understudy serve`, or name one with --url or UNDERSTUDY_URL.'
    const message = `${distrusted.file} is not used, because ${distrusted.reason}. ${instead}`
    throw new UnderstudyError('ERR_USAGE', message)
  }
  throw noServer(found.flatMap(({ ended }) => ended))
}

/** The error where nobody serves; tells of a server that has ended without saying so. */
export function noServer([last]: LeftWords['ended']): UnderstudyError {
  const what =
    last === undefined
      ? 'No server was started in this directory, nor in one above it within the repository.'
      : `No server runs here: ${last.url} (process ${last.pid}) has ended.`
  const instead = 'Start one with `understudy serve`, or name one with --url or UNDERSTUDY_URL.'
  return new UnderstudyError('ERR_SERVER_UNREACHABLE', `${what} ${instead}`)
}

/**
 * A directory, and those above it up to the root of its repository. Outside of one only itself: what stands above is
 * nobody's project.
 */
export function placesFrom(cwd: string): string[] {
  const above = [cwd]
  for (let place = cwd; dirname(place) !== place; place = dirname(place)) above.push(dirname(place))
  const root = above.findIndex((place) => existsSync(join(place, '.git')))
  return above.slice(0, root + 1 || 1)
}
