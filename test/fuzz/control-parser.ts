import { control } from '../../src/control/control.ts'
import { controlRoutes } from '../../src/control/routes.ts'
import { createWorld } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { request } from '../support/request.ts'
import type { Parser } from './parser.ts'

const routes = controlRoutes.filter(({ path }) => path !== '/events')

/** The control API: an input is a path with its query, a line break, and a body. */
export const controlCalls: Parser = {
  name: 'control API',
  corpus: [
    ...routes.map(({ path }) => `${path.replace('{api}', 'secure-login').replace('{username}', 'alice')}\n{}`),
    '/users?limit=2&api=sirportly&after=adam\n',
    '/requests?limit=5&user=alice&clause=SL-11\n',
    '/requests/r1/why\n',
    '/users/secure-login/alice\n{"state":"blocked","for":"30m","failures":2,"pin":"1234"}',
    '/users/sirportly/atech%2Ffaye\n{"state":"locked"}',
    '/users/gentics-cms/node\n{"state":"no-groups","password":"x"}',
    '/apis/secure-login\n{"blockAfter":5,"contextPath":"/wiki","active":false}',
    '/apis/gentics-cms\n{"dialect":"observed","maintenance":true}',
    '/clock/advance\n{"by":"31m"}',
    '/clock/set\n{"at":"2026-01-15T09:00:00Z"}',
    '/clock/scale\n{"scale":60}',
    '/faults\n{"on":"secure-login.auth","reply":{"status":503,"body":"x"},"times":2,"probability":0.5,"until":"+5m"}',
    '/faults/f1\n',
    '/scenario\n{"scenario":"lockout"}',
    '/scenario\n{"scenario":{"extends":"default","secure-login":{"users":{"a":{}}}}}',
    '/snapshots\n{"name":"a"}',
    '/snapshots/a/restore\n{}',
    '/pact/states\n{"state":"a user who must enter the PIN","action":"setup","params":{"username":"alice","pin":1}}',
    '/pact/states?state=a+user+who+must+enter+the+PIN&action=setup&username=alice&failures=2&session=abc\n',
    '/pact/states\n{"consumer":"app","state":"a blocked user","states":["a blocked user"],"params":{"for":"1m"}}',
    '/pact/states\n{"states":["the plug-in is active",{"name":"a session of the CMS","params":{"sid":7}}]}',
  ],
  words:
    '"state" "by" "at" "on" "reply" "name" "snapshot" "scenario" "params" "username" secure-login sirportly gentics-cms alice atech/faye /users/ /apis/ /faults ?limit= f1 r1'.split(
      ' ',
    ),
  open: async () => {
    const time = new HostTime('2026-01-15T09:00:00Z')
    const limits = { journalLimit: 20, sessionLimit: 20, worldLimit: 5 }
    const world = await createWorld('default', { time: time.time, ...limits })
    const start = world.snapshot()
    let count = 0
    return async (input, random) => {
      if (count++ % 100 === 0) world.restore(start)
      const [line = '', ...rest] = input.split('\n')
      const [path = '', query = ''] = line.split('?', 2)
      const named = routes.filter((route) => route.path.split('/')[1] === path.split('/')[1])
      const method = (named[random.below(named.length)] ?? routes[0])?.method ?? 'GET'
      const body = rest.join('\n')
      const asked = request(method, `/__understudy${path}`, {
        query,
        body: random.below(5) === 0 ? Buffer.from(body, 'latin1') : body,
        headers: random.below(10) === 0 ? ['x-understudy-world', `w${random.below(20)}`] : [],
      })
      const reply = await control(asked, world)
      const { status } = reply
      if (!(status >= 200 && status < 500)) throw new Error(`status ${status}: ${String(reply.body)}`)
      const data = JSON.parse(String(reply.body)) as { code?: string; detail?: string }
      const detail = (data.detail ?? '').replaceAll(/"[^"]*"|\d+/g, '').slice(0, 30)
      return `${method} ${path.split('/')[1]} ${status} ${data.code ?? ''} ${detail}`
    }
  },
}
