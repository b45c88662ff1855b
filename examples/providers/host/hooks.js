// @ts-check

/**
 * @typedef {{ readonly [name: string]: unknown }} Params
 * @typedef {{ readonly [state: string]: (params: Params) => Params | void }} States each arranges itself and may return
 *   values that a request needs, such as a session
 */

/**
 * What a test may do to a server, below `/qa` and apart from the API: everything else goes to the app.
 *
 * @param {import('node:http').RequestListener} app
 * @param {object} server
 * @param {import('./clock.js').Clock} server.clock
 * @param {import('./attempts.js').Attempts} server.attempts
 * @param {States} server.states
 * @param {() => void} server.reset makes accounts, settings and clock what they were at the start
 * @returns {import('node:http').RequestListener}
 */
export function withHooks(app, { clock, attempts, states, reset }) {
  /** @type {{ readonly [route: string]: (body: Params) => unknown }} */
  const routes = {
    'POST /qa/states': ({ state, action, params }) => {
      if (action === 'teardown') return reset()
      // A verifier asks for the state '' where an interaction needs none.
      if (state === '' || state === undefined) return {}
      const known = Object.keys(states)
      const arrange = known.includes(String(state)) ? states[String(state)] : undefined
      if (arrange === undefined)
        throw new TypeError(`no state ${JSON.stringify(state)}; there are: ${known.join(', ')}`)
      return arrange(/** @type {Params} */ (params ?? {}))
    },
    'POST /qa/clock': ({ by }) => {
      if (typeof by !== 'number' || !(by >= 0))
        throw new TypeError(`by: ${JSON.stringify(by)} is no number of milliseconds`)
      clock.advance(by)
      return { now: new Date(clock.now()).toISOString() }
    },
    'GET /qa/attempts': () => attempts,
  }
  return async (request, response) => {
    // What a server says of its time has to be one thing.
    response.setHeader('date', new Date(clock.now()).toUTCString())
    const path = String(request.url).replace(/\?.*/s, '')
    if (!path.startsWith('/qa/')) return app(request, response)
    const route = routes[`${request.method} ${path}`]
    try {
      if (route === undefined)
        return reply(response, 404, { error: `no such hook; there are: ${Object.keys(routes).join(', ')}` })
      reply(response, 200, route(await readJson(request)) ?? {})
    } catch (error) {
      reply(response, 400, { error: String(error) })
    }
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function readJson(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : JSON.parse(text)
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {unknown} body
 */
function reply(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
