// One host, measured in alternating batches against the cheapest thing that it can be asked to do.
import { register } from 'node:module'
import { createWorld } from 'auth-understudy'
import { median } from './statistics.js'

const [host] = process.argv.slice(2)
// As where MSW 3 is installed: the handlers are made of it, too.
if (host === 'msw-3') {
  const hook = `export const resolve = (name, context, next) => next(name === 'msw' ? 'msw-3' : name, context)`
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
}
const url = 'https://jira.example/jira/rest/securelogin-admin/1.0/api/info'
const body = JSON.stringify({ active: true, server_time: '2026-01-15T09:00:00Z' })
const world = await createWorld()

const ask = host === 'fetch' ? await fetchPair() : await mswPair(host)
const ratios = []
for (let round = 0; round < 21; round++) {
  const [own, cheapest] = [await time(ask.own), await time(ask.cheapest)]
  if (round > 0) ratios.push(own / cheapest)
}
ask.stop?.()
process.stdout.write(
  JSON.stringify({ ratio: { median: median(ratios), least: Math.min(...ratios), greatest: Math.max(...ratios) } }),
)

async function time(send) {
  const began = performance.now()
  for (let index = 0; index < 1500; index++) await (await send()).arrayBuffer()
  return performance.now() - began
}

async function fetchPair() {
  const { createFetch } = await import('auth-understudy/fetch')
  const fetch = createFetch(world)
  const cheapest = async (input, init) => {
    const request = new Request(input, init)
    await request.arrayBuffer()
    return new Response(body, { headers: { 'content-type': 'application/json' } })
  }
  return { own: () => fetch(url), cheapest: () => cheapest(url) }
}

/** The same interceptor for both: only the handlers differ. */
async function mswPair(msw) {
  const [{ http, HttpResponse, getResponse }, { handlers }] = await Promise.all([
    import(msw),
    import('auth-understudy/msw'),
  ])
  const plain = [http.all('*', () => new HttpResponse(body, { headers: { 'content-type': 'application/json' } }))]
  const own = handlers(world)
  return { own: () => getResponse(own, new Request(url)), cheapest: () => getResponse(plain, new Request(url)) }
}
