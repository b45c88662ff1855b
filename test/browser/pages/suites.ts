import { setupWorker } from 'msw/browser'
import { handlersWith, type CookieSource } from '../../../src/hosts/msw.ts'
import { headerValues } from '../../../src/core/http.ts'
import { receive, toInit, type Host } from '../../hosts/host.ts'
import { genticsCmsBehaviours } from '../../suites/gentics-cms.suite.ts'
import { playOne } from '../../suites/play.ts'
import { secureLoginBehaviours } from '../../suites/secure-login.suite.ts'
import { sirportlyBehaviours } from '../../suites/sirportly.suite.ts'

declare global {
  interface Window {
    /** Plays the behaviour of that number, and gives back its transcript. */
    playBehaviour?: (api: string, index: number) => Promise<string[]>
  }
}

const suites = {
  'secure-login': secureLoginBehaviours,
  sirportly: sirportlyBehaviours,
  'gentics-cms': genticsCmsBehaviours,
}

// A page may neither send cookies of its own choice nor see those of an answer, and behaviours are many people. So
// cookies come and go by another way; everything else is what a page does.
const sentCookies = 'x-test-cookie'
const sentId = 'x-test-id'
const setCookies = new Map<string, readonly string[]>()
const cookies: CookieSource = {
  cookieFor: (request) => request.headers.get(sentCookies) ?? undefined,
  store: (request, headers) => setCookies.set(request.headers.get(sentId) ?? '', headerValues(headers, 'set-cookie')),
}

const worker = setupWorker()
await worker.start({ quiet: true, onUnhandledRequest: 'bypass' })
let sent = 0

const host: Host = {
  name: 'MSW setupWorker',
  open: async (world) => {
    worker.resetHandlers(...handlersWith(world, {}, cookies))
    return {
      send: async (request) => {
        const id = String(++sent)
        const { cookie, ...headers } = request.headers ?? {}
        const more = cookie === undefined ? {} : { [sentCookies]: cookie }
        const received = await receive(
          fetch(request.path, toInit({ ...request, headers: { ...headers, ...more, [sentId]: id } })),
        )
        const lines = (setCookies.get(id) ?? []).map((line) => ['set-cookie', line] as const)
        return { ...received, headers: [...received.headers, ...lines] }
      },
      close: async () => worker.resetHandlers(),
    }
  },
}

window.playBehaviour = (api, index) => {
  const behaviour = suites[api as keyof typeof suites][index]
  if (behaviour === undefined) throw new Error(`there is no behaviour ${index} of ${api}`)
  return playOne(host, behaviour)
}
