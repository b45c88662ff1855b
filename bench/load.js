import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { paths } from './contestant.js'

const run = promisify(execFile)
const directory = mkdtempSync(join(tmpdir(), 'understudy-bench-'))

/**
 * Sends one kind of request over keep-alive connections, by wrk. Gives back requests per second, and processor time per
 * request of the server, in microseconds.
 */
export async function load(contestant, kind, { connections, seconds }) {
  const script = join(directory, `${kind}.lua`)
  const lines = [`wrk.headers["cookie"] = ${JSON.stringify(contestant.cookie)}`]
  if (kind === 'auth') {
    lines.push('wrk.method = "POST"', 'wrk.body = "910817"', 'wrk.headers["content-type"] = "text/plain"')
  }
  writeFileSync(script, lines.join('\n'))
  const before = contestant.cpu()
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, contestant.url + paths[kind]]
  const { stdout } = await run('wrk', options)
  const spent = contestant.cpu() - before
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1])
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0)
  const broken = /Socket errors: (.*)/.exec(stdout)?.[1]
  if (refused > 0 || broken !== undefined)
    throw new Error(
      `${contestant.name} refused ${refused} of ${requests} requests for ${kind} (${broken ?? 'no socket errors'})`,
    )
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), cpu: (spent * 1000) / requests }
}
