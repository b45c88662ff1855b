import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { main } from '../../src/cli/program.ts'
import { processIo } from '../../src/cli/io.ts'
import { printer } from '../../src/cli/shown.ts'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { traceTo, type TraceLine } from '../../src/world/trace.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Goes a way as whoever reads it would: in a shell, with the default scenario served. Gives back the trace. */
export async function go(way: string): Promise<TraceLine[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'understudy-way-'))
  mkdirSync(join(cwd, 'node_modules'))
  symlinkSync(root, join(cwd, 'node_modules/auth-understudy'))
  const world = await createWorld()
  const lines: TraceLine[] = []
  await traceTo(world, (line) => lines.push(line))
  const server = await listen(world)
  const env = {
    ...process.env,
    UNDERSTUDY_URL: server.url,
    UNDERSTUDY_SECURE_LOGIN_URL: `${server.url}/jira`,
    UNDERSTUDY_SIRPORTLY_URL: server.url,
    UNDERSTUDY_GENTICS_CMS_URL: server.url,
  }
  try {
    for (const step of way.split('; ')) {
      // The command line is run in this process, as starting one takes longer than all the rest.
      if (step.startsWith('understudy ')) await command(words(step).slice(1), server.url)
      else await run('sh', ['-c', step], { cwd, env })
    }
  } finally {
    await server.close()
    rmSync(cwd, { recursive: true })
  }
  return lines
}

async function command(argv: readonly string[], url: string): Promise<void> {
  const errors: string[] = []
  const io = { ...processIo(process), out: () => undefined, err: printer((text) => errors.push(text), false) }
  const code = await main([...argv, '--url', url], io)
  if (code !== 0) throw new Error(`understudy ${argv.join(' ')} ended with ${code}: ${errors.join(' ')}`)
}

/** A command line's words, as a shell reads them. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|[^' ])+/g)].map(([word]) => word.replaceAll("'", ''))
}
