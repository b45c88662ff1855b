// How one server bears many jobs at once: each plays in a world of its own, and looks whether every answer is its own.
//
//   node bench/fleet.js [jobs …]
import { Agent, request } from 'node:http'
import { understudy } from './contestants.js'
import { median } from './statistics.js'

const api = '/jira/rest/securelogin-admin/1.0/api'
const json = { 'content-type': 'application/json' }
const text = { 'content-type': 'text/plain' }

/** What a job plays: each with what only a world that nobody else touched answers. */
const steps = [
  post('/jira/rest/auth/1/session', '{"username":"alice","password":"alice"}', json, 200),
  get(`${api}/user`, '"enter"'),
  post(`${api}/auth`, '000000', text, 401),
  post(`${api}/auth`, '000000', text, 401),
  post(`${api}/auth`, '000000', text, 401),
  get(`${api}/user`, '"blocked"'),
  post(`${api}/auth`, '910817', text, 401),
  post('/__understudy/clock/advance', '{"by":"31m"}', json, 200),
  post(`${api}/auth`, '910817', text, 200),
  get(`${api}/user`, '"bypass"'),
]

function get(path, part) {
  return { method: 'GET', path, body: '', headers: {}, status: 200, part }
}

function post(path, body, headers, status) {
  return { method: 'POST', path, body, headers, status, part: '' }
}

/** Runs so many jobs at once, each `rounds` times in a world of its own, with a pause before each request as tests have. */
export async function fleet(jobs, { rounds = 2, thinkMs = 50 } = {}) {
  const server = understudy(['--worlds', String(jobs)])
  await server.start()
  const before = server.peakMemory()
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  const waits = []
  const wrong = []
  const cpuBefore = server.cpu()
  const began = performance.now()
  await Promise.all(
    Array.from({ length: jobs }, async (_, job) => {
      for (let round = 0; round < rounds; round++) {
        let cookie = ''
        const world = { 'x-understudy-world': `job-${job}-${round}` }
        for (const { method, path, body, headers, status, part } of steps) {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * thinkMs))
          const asked = performance.now()
          const answer = await ask(server.url, agent, method, path, { ...headers, ...world, cookie }, body)
          waits.push(performance.now() - asked)
          cookie = answer.cookie ?? cookie
          if (answer.status !== status || !answer.body.includes(part))
            wrong.push(`${world['x-understudy-world']}: ${method} ${path} answered ${answer.status} ${answer.body}`)
        }
        await ask(server.url, agent, 'DELETE', `/__understudy/worlds/${world['x-understudy-world']}`, {}, '')
      }
    }),
  )
  const ms = performance.now() - began
  const found = {
    jobs,
    requests: waits.length,
    wrong,
    seconds: ms / 1000,
    medianMs: median(waits),
    slowMs: waits.toSorted((one, other) => one - other)[Math.floor(waits.length * 0.99)],
    cpuPerRequest: ((server.cpu() - cpuBefore) * 1000) / waits.length,
    memory: server.peakMemory() - before,
  }
  agent.destroy()
  await server.stop()
  return found
}

function ask(url, agent, method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const asked = request(url + path, {
      method,
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    })
    asked.on('error', reject)
    asked.on('response', (response) => {
      let read = ''
      response.setEncoding('utf8')
      response.on('data', (part) => (read += part))
      response.on('end', () => {
        const line = response.headers['set-cookie']?.find((each) => each.startsWith('JSESSIONID='))
        resolve({ status: response.statusCode, body: read, cookie: line?.split(';', 1)[0] })
      })
    })
    asked.end(body)
  })
}

if (process.argv[1]?.endsWith('fleet.js')) {
  const sizes = process.argv.slice(2).map(Number)
  for (const jobs of sizes.length === 0 ? [10, 100, 1000] : sizes) {
    const { wrong, ...found } = await fleet(jobs)
    process.stdout.write(`${JSON.stringify({ ...found, wrong: wrong.length, first: wrong[0] })}\n`)
  }
}
