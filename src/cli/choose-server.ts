import { UnderstudyError } from '../core/errors.ts'
import type { Io } from './io.ts'
import { portOf, type LeftWord } from './server-file.ts'

/**
 * The only server, or the one that somebody at a terminal chooses; `how` says what to do where nobody is there. Throws
 * ERR_USAGE, with the list.
 */
export async function chooseServer(
  io: Io,
  servers: readonly LeftWord[],
  how = 'name one with --url',
): Promise<LeftWord> {
  const [first] = servers
  if (first !== undefined && servers.length === 1) return first
  const lines = servers.map(({ url, scenario = '' }) => `  ${url} ${scenario}`.trimEnd())
  if (io.ask === undefined) throw new UnderstudyError('ERR_USAGE', [`Several servers run here; ${how}:`, ...lines])
  const answer = await io.ask(['Several servers run here:', ...lines], 'Which port? ')
  return serverAt(servers, answer)
}

/** The server of a port. Throws ERR_USAGE, with those there are. */
export function serverAt(servers: readonly LeftWord[], port: string): LeftWord {
  const found = servers.find(({ url }) => String(portOf(url)) === port.replace(/^:/, ''))
  if (found !== undefined) return found
  const there = servers.map(({ url }) => String(portOf(url))).join(', ')
  throw new UnderstudyError('ERR_USAGE', `No server that was started here has the port "${port}"; there are ${there}.`)
}
