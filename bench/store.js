// What a store costs, and how far several processes on one get: Redis without persistence, on this machine.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { understudy } from './contestants.js'
import { load } from './load.js'
import { median } from './statistics.js'

const kinds = ['info', 'user', 'auth']

/** For each number of processes, and each kind of request: the rate against one without a store, and what Redis did. */
export async function store({ rounds = 3, seconds = 1, say }) {
  const redis = await startRedis()
  const alone = understudy([])
  const found = []
  try {
    await alone.start()
    await alone.signIn()
    for (const workers of [1, 2, 4, 8]) {
      say(`a store, ${workers} processes`)
      const shared = understudy(['--store', `${redis.url}?prefix=bench${workers}`, '--workers', String(workers)])
      await shared.start()
      await shared.signIn()
      try {
        for (const kind of kinds) await load(shared, kind, { connections: 50, seconds: 1 })
        for (const kind of kinds) {
          const samples = []
          for (let round = 0; round < rounds; round++) {
            const own = await load(alone, kind, { connections: 50, seconds })
            const [before, cpuBefore] = [await redis.calls(), redis.cpu()]
            const { rate } = await load(shared, kind, { connections: 50, seconds })
            const requests = rate * seconds
            const after = await redis.calls()
            samples.push({
              rate: rate / own.rate,
              trips: (after.scripts - before.scripts) / requests,
              commands: (after.commands - before.commands) / requests,
              share: (redis.cpu() - cpuBefore) / (seconds * 1000),
            })
          }
          const of = (part) => median(samples.map((sample) => sample[part]))
          found.push({
            workers,
            kind,
            rate: of('rate'),
            trips: of('trips'),
            commands: of('commands'),
            share: of('share'),
          })
        }
      } finally {
        await shared.stop()
      }
    }
    return found
  } finally {
    await alone.stop()
    redis.stop()
  }
}

async function startRedis() {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  const options = ['--port', String(port), '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction']
  const child = spawn('redis-server', [...options, '--dir', dir], { stdio: 'ignore' })
  const ask = (line) =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(`${line}\r\n`))
      let text = ''
      socket
        .on('data', (part) => (text += part))
        .on('end', () => resolve(text))
        .on('error', reject)
    })
  for (let tries = 0; ; tries++) {
    try {
      await ask('PING')
      break
    } catch (error) {
      if (tries === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    /** The scripts that servers had run, each a round trip, and all commands, with those of the scripts. */
    calls: async () => {
      const told = await ask('INFO everything')
      const scripts = [...told.matchAll(/^cmdstat_(?:eval|fcall)\w*:calls=(\d+)/gm)]
      const commands = Number(/total_commands_processed:(\d+)/.exec(told)?.[1])
      return { scripts: scripts.reduce((sum, [, calls]) => sum + Number(calls), 0), commands }
    },
    cpu: () => {
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return (Number(fields[11]) + Number(fields[12])) * 10
    },
    stop: () => child.kill('SIGKILL'),
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

if (process.argv[1]?.endsWith('bench/store.js'))
  for (const row of await store({ say: (text) => process.stderr.write(`${text}\n`) }))
    process.stdout.write(`${JSON.stringify(row)}\n`)
