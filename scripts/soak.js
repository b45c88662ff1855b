// Ten minutes of full load on a real server: memory and file descriptors have to be flat.
//
//   node scripts/soak.js [seconds] [options of serve]
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const [first, ...others] = process.argv.slice(2)
const seconds = first === undefined ? 600 : Number(first)
if (!Number.isSafeInteger(seconds) || seconds < 10) {
  process.stderr.write('node scripts/soak.js [seconds, at least 10] [options of serve]\n')
  process.exit(2)
}
if (!existsSync('/proc/self/status')) {
  process.stderr.write('The soak reads memory and file descriptors from /proc, which this system does not have.\n')
  process.exit(2)
}

const root = fileURLToPath(new URL('..', import.meta.url))
const cwd = mkdtempSync(join(tmpdir(), 'understudy-soak-'))
// What is in use shows only after a full collection: before it, Node lets garbage lie as long as there is room.
const argv = ['--trace-gc', `${root}bin/understudy.js`, 'serve', '--port', '0', '--json', ...others]
const server = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
process.on('exit', () => {
  server.kill('SIGKILL')
  rmSync(cwd, { recursive: true, force: true })
})
const collections = []
const url = await new Promise((resolve) => {
  createInterface({ input: server.stdout }).on('line', (line) => {
    if (line.startsWith('{')) resolve(new URL(JSON.parse(line).url))
    const used = /Mark-Compact .*?-> ([\d.]+)/.exec(line)?.[1]
    if (used !== undefined) collections.push({ at: performance.now(), megabytes: Number(used) })
  })
})

const api = '/jira/rest/securelogin-admin/1.0/api'
const json = { 'content-type': 'application/json' }
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const counts = { requests: 0, failures: 0, statuses: {} }
const run = { isOver: false }

function ask(method, path, headers = {}, body = '') {
  return new Promise((resolve) => {
    const options = { host: url.hostname, port: url.port, method, path, agent }
    const asked = request(
      { ...options, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume()
        answer.on('end', () => {
          counts.requests++
          counts.statuses[answer.statusCode] = (counts.statuses[answer.statusCode] ?? 0) + 1
          resolve(answer)
        })
      },
    )
    asked.on('error', () => {
      if (!run.isOver) counts.failures++
      resolve({ headers: {} })
    })
    asked.end(body)
  })
}

/** One visitor: logs in, gets it wrong and right, asks around, and sometimes behaves badly. */
async function visitor(number) {
  for (let round = number; !run.isOver; round++) {
    const inWorld = round % 5 < 2 ? { 'x-understudy-world': `w${round % 300}` } : {}
    const headers = { ...json, ...inWorld }
    const user = ['alice', 'bob', 'dave'][round % 3]
    const login = JSON.stringify({ username: user, password: user })
    const answer = await ask('POST', '/jira/rest/auth/1/session', headers, login)
    const cookie = {
      ...inWorld,
      cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0],
      'content-type': 'text/plain',
    }
    await ask('POST', `${api}/auth`, cookie, '000000')
    await ask('POST', `${api}/auth`, cookie, '910817')
    await ask('GET', `${api}/user`, cookie)
    await ask('GET', `${api}/info`, inWorld)
    const form = { ...inWorld, 'content-type': 'application/x-www-form-urlencoded', 'x-auth-application': 'a' }
    await ask('POST', '/api/v2/authentication/authenticate', form, 'username=adam&password=s3cret')
    await ask('POST', '/rest/auth/login?sid=0', headers, '{"login":"node","password":"node"}')
    await ask('GET', `/nowhere/${round}`, inWorld)
    if (round % 2 === 0) await ask('DELETE', '/jira/rest/auth/1/session', cookie)
    if (round % 50 === 0) await ask('GET', '/__understudy/state', inWorld)
    if (round % 50 === 1) await ask('PUT', '/__understudy/users/secure-login/alice', headers, '{"unblock":true}')
    if (round % 100 === 2) await ask('POST', '/__understudy/snapshots', headers, `{"name":"s${round % 3}"}`)
    if (round % 100 === 3) await ask('GET', '/__understudy/requests?limit=50', inWorld)
    if (round % 100 === 4) await ask('POST', '/rest/auth/login', headers, 'x'.repeat(100_000))
    if (round % 100 === 5)
      connect(url.port, url.hostname, function hangUp() {
        this.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab', () => this.resetAndDestroy())
      }).on('error', () => undefined)
  }
}

const watching = new Set()

/** Somebody who watches, for half a minute at a time. */
async function watcher() {
  while (!run.isOver) {
    await new Promise((resolve) => {
      const asked = request(new URL('/__understudy/events', url), (answer) => answer.resume().on('close', resolve))
      asked.on('error', resolve)
      asked.end()
      watching.add(asked)
      asked.on('close', () => watching.delete(asked))
      setTimeout(() => asked.destroy(), Math.min(30_000, seconds * 100))
    })
  }
}

function sample(at) {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
  return { at, megabytes, descriptors: readdirSync(`/proc/${server.pid}/fd`).length, requests: counts.requests }
}

const before = sample(0)
const visitors = [...Array.from({ length: 48 }, (_, index) => visitor(index * 7)), watcher(), watcher()]
const started = performance.now()
const samples = []
while (performance.now() - started < seconds * 1000) {
  await new Promise((resolve) => setTimeout(resolve, Math.min(5000, seconds * 20)))
  samples.push(sample((performance.now() - started) / 1000))
  const { at, megabytes, descriptors, requests } = samples.at(-1)
  if (samples.length % 12 === 0)
    process.stderr.write(
      `${at.toFixed(0)} s: ${megabytes.toFixed(0)} MB, ${descriptors} descriptors, ${requests} requests\n`,
    )
}
run.isOver = true
for (const asked of watching) asked.destroy()
await Promise.race([Promise.all(visitors), new Promise((resolve) => setTimeout(resolve, 5000))])
agent.destroy()
await new Promise((resolve) => setTimeout(resolve, 1000))
const after = sample(seconds)
const exit = new Promise((resolve) => server.once('exit', (code, signal) => resolve(signal ?? code)))
server.kill('SIGTERM')
const code = await exit

// Caches, worlds and journals fill in the first third; what grows after it does not end.
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
const between = (from, to) =>
  collections
    .filter(({ at }) => at - started >= seconds * 1000 * from && at - started < seconds * 1000 * to)
    .map(({ megabytes }) => megabytes)
const [early, late] = [median(between(1 / 3, 2 / 3)), median(between(2 / 3, 1))]
const descriptors = samples.map((each) => each.descriptors)
const report = {
  seconds,
  requests: counts.requests,
  perSecond: Math.round(counts.requests / seconds),
  failures: counts.failures,
  statuses: counts.statuses,
  inUse: { collections: collections.length, secondThird: early, lastThird: late, unit: 'MB' },
  resident: {
    atStart: Math.round(before.megabytes),
    most: Math.round(Math.max(...samples.map(({ megabytes }) => megabytes))),
    atEnd: Math.round(samples.at(-1).megabytes),
    unit: 'MB',
  },
  descriptors: { atStart: before.descriptors, most: Math.max(...descriptors), afterLoad: after.descriptors },
  exitCode: code,
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
const findings = [
  late > early * 1.1 + 5 ? 'memory grows' : '',
  Number.isNaN(late) || Number.isNaN(early) ? 'too short to tell whether memory grows' : '',
  after.descriptors > before.descriptors + 2 ? 'descriptors are left open' : '',
  counts.failures > 0 ? 'requests failed' : '',
  Object.keys(counts.statuses).some((status) => status.startsWith('5')) ? 'the server answered 5xx' : '',
  code === 0 ? '' : 'the server did not end with 0',
].filter(Boolean)
process.stderr.write(findings.length === 0 ? 'memory and descriptors are flat\n' : `${findings.join(', ')}\n`)
process.exit(findings.length === 0 ? 0 : 1)
