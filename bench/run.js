// npm run bench: measures this server beside a bare one, Fastify and other mock servers, in interleaved rounds on one
// machine, and writes docs/performance.md. Ratios only: absolute figures are the machine's. Run with another Node and
// --servers, it adds what that one gives: path/to/node bench/run.js --servers --peers --write
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bare, fastify, peers, understudy } from './contestants.js'
import { crowds } from './crowds.js'
import { fleet } from './fleet.js'
import { inProcess } from './in-process.js'
import { load } from './load.js'
import { page } from './page.js'
import { keep, kept } from './results.js'
import { ratio } from './statistics.js'
import { store } from './store.js'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    starts: { type: 'string', default: '11' },
    peers: { type: 'boolean', default: false },
    protocol: { type: 'string', default: 'both' },
    servers: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [rounds, seconds, starts] = [options.rounds, options.seconds, options.starts].map(Number)
const say = (text) => process.stderr.write(`${text}\n`)
if (!['turns', 'pauses', 'both'].includes(options.protocol)) {
  say(`--protocol is turns, pauses or both, not ${JSON.stringify(options.protocol)}.`)
  process.exit(2)
}
if (options.protocol !== 'both' && options.write) {
  say('docs/performance.md has both protocols: leave out --protocol, or --write.')
  process.exit(2)
}
/** How servers take turns: for how long each is asked, and how long it waits before its next turn. */
const protocols = {
  turns: { rounds: Math.min(rounds, 5), seconds: 1, others: [] },
  pauses: { rounds, seconds, pauseMs: 8000, others: options.peers ? peers() : [] },
}

if (spawnSync('wrk', ['-v']).error !== undefined) {
  say('The load is made by wrk, which is not on this machine: apt-get install wrk.')
  process.exit(2)
}
const peersFolder = fileURLToPath(new URL('peers', import.meta.url))
if (options.peers && !existsSync(`${peersFolder}/node_modules`)) {
  say('installing the other mock servers …')
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts']
  if (spawnSync('npm', install, { cwd: peersFolder, stdio: ['ignore', 2, 2] }).status !== 0) process.exit(2)
}

const results = {
  node: process.versions.node,
  how: {
    starts,
    ...Object.fromEntries(
      Object.entries(protocols).map(([name, { rounds: each, seconds: long, pauseMs }]) => [
        name,
        { rounds: each, seconds: long, pauseMs },
      ]),
    ),
  },
  protocols: await measured(),
  start: await coldStart(),
  // What is beside the servers is measured with one Node, the oldest that is supported.
  ...(options.servers ? {} : await rest()),
}
if (options.write) keep(results)
const text = page(options.write ? kept() : [results])
if (options.write) writeFileSync(new URL('../docs/performance.md', import.meta.url), text)
process.stdout.write(text)

async function rest() {
  return {
    crowds: await crowds({ rounds, seconds, say }),
    worlds: worlds(),
    fleet: await fleets(),
    store: await store({ say }),
    inProcess: inProcess(say),
  }
}

/** Ever more jobs on one server, each in worlds of its own; throws where one was answered from another's. */
async function fleets() {
  const found = []
  for (const jobs of [10, 100, 1000]) {
    say(`${jobs} jobs at once`)
    const seen = await fleet(jobs)
    if (seen.wrong.length > 0) throw new Error(`${seen.wrong.length} answers were not the job's own: ${seen.wrong[0]}`)
    found.push(seen)
  }
  return found
}

/** What ten thousand worlds hold that nobody has visited, in bytes each. */
function worlds() {
  const script = fileURLToPath(new URL('worlds.js', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return Number(stdout)
}

/** What each protocol gives, by its name. */
async function measured() {
  const found = {}
  for (const [name, protocol] of Object.entries(protocols)) {
    if (options.protocol !== 'both' && options.protocol !== name) continue
    say(`protocol: ${name}`)
    found[name] = await throughput(protocol)
  }
  return found
}

/** Each kind of request at each number of connections, round by round, every server in turn. */
async function throughput(protocol) {
  const { pauseMs = 0, others } = protocol
  const contestants = [bare(), understudy(), fastify(), ...others]
  const samples = new Map()
  const last = new Map()
  try {
    for (const contestant of contestants) {
      await contestant.start()
      await contestant.signIn()
      for (const kind of contestant.does) await load(contestant, kind, { connections: 10, seconds: 1 })
    }
    for (const connections of [10, 50]) {
      for (let round = 0; round < protocol.rounds; round++) {
        say(`${connections} connections, round ${round + 1} of ${protocol.rounds}`)
        for (const kind of ['info', 'user', 'auth']) {
          // Nobody is always the first, when the machine is cool, and nobody always comes after the same one.
          const turn = contestants.map((_, index) => contestants[(index + round) % contestants.length])
          if (round % 2 === 1) turn.reverse()
          for (const contestant of turn) {
            if (!contestant.does.includes(kind)) continue
            const idleMs = performance.now() - (last.get(contestant) ?? -Infinity)
            if (idleMs < pauseMs) await new Promise((resolve) => setTimeout(resolve, pauseMs - idleMs))
            const sample = await load(contestant, kind, { connections, seconds: protocol.seconds })
            last.set(contestant, performance.now())
            const key = JSON.stringify([contestant.name, kind, connections])
            samples.set(key, [...(samples.get(key) ?? []), sample])
          }
        }
      }
    }
    return contestants.map((contestant) => {
      const peakMemory = contestant.peakMemory()
      const rows = [10, 50].flatMap((connections) =>
        contestant.does.map((kind) => {
          const own = samples.get(JSON.stringify([contestant.name, kind, connections]))
          const yardstick = samples.get(JSON.stringify(['bare node:http', kind, connections]))
          const of = (part) =>
            ratio(
              own.map((sample) => sample[part]),
              yardstick.map((sample) => sample[part]),
            )
          return { kind, connections, rate: of('rate'), cpu: of('cpu') }
        }),
      )
      return { name: contestant.name, peakMemory, rows }
    })
  } finally {
    for (const contestant of contestants) await contestant.stop()
  }
}

/** From the start of the process to the first answer, in pairs with the bare server. */
async function coldStart() {
  const makers = [bare, understudy, fastify, ...(options.peers ? peers().map((peer) => () => peer) : [])]
  const times = new Map()
  for (let round = 0; round < starts; round++) {
    say(`cold start, round ${round + 1} of ${starts}`)
    for (const make of makers) {
      const contestant = make()
      const ms = await contestant.start()
      await contestant.stop()
      times.set(contestant.name, [...(times.get(contestant.name) ?? []), ms])
    }
  }
  return [...times].map(([name, own]) => ({ name, ratio: ratio(own, times.get('bare node:http')) }))
}
