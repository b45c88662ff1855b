import type { SetupServer } from 'msw/node'
import { UnderstudyError } from '../core/errors.ts'
import { whereNotInstalled } from '../core/not-installed.ts'
import type { World } from '../world/world.ts'

/** What becomes of a request that no handler is for: as MSW's `onUnhandledRequest`. */
export type UnhandledRequests = 'warn' | 'error' | 'bypass'

/** How MSW 3 notes what listens in a process. */
interface Registry {
  readonly __MSW_INTERCEPTORS_REGISTRY?: ReadonlyMap<symbol, { readonly readyState: string }>
}

/** The symbols under which MSW 2 keeps what stands in the place of `fetch`: earlier and later versions. */
const msw2Symbols = ['fetch', 'fetch-interceptor']

/** Whether an MSW server listens in this process, whoever started it. */
function isListening(): boolean {
  const symbols = Object.getOwnPropertySymbols(globalThis)
  const { __MSW_INTERCEPTORS_REGISTRY: registry } = globalThis as Registry
  return (
    symbols.some(({ description }) => msw2Symbols.includes(description ?? '')) ||
    [...(registry?.values() ?? [])].some(({ readyState }) => readyState === 'ACTIVE')
  )
}

/** The handlers of a world in an MSW server, for as long as a test runs: a server of its own, or the team's. */
export async function withServer(
  world: World,
  { server, onUnhandledRequest }: { server: SetupServer | undefined; onUnhandledRequest: UnhandledRequests },
  use: (server: SetupServer) => Promise<void>,
): Promise<void> {
  const { handlers } = await import('../hosts/msw.ts').catch(whereNotInstalled('msw', 'ERR_NOT_SUPPORTED', missing))
  const wasListening = isListening()
  if (server === undefined && wasListening) throw new UnderstudyError('ERR_NOT_SUPPORTED', second)
  const used = server ?? (await import('msw/node')).setupServer()
  if (!wasListening) used.listen({ onUnhandledRequest })
  used.use(...handlers(world))
  try {
    await use(used)
  } finally {
    // As after each test with MSW: what was put in front is gone, and what the team set the server up with stays.
    used.resetHandlers()
    if (!wasListening) used.close()
  }
}

const missing =
  'MSW is not installed, so requests cannot be intercepted. Install it (npm install --save-dev msw), or say test.override({ intercept: false }).'

const second =
  'An MSW server listens in this process already, and a second one would silence it. Give the test that one, ' +
  'test.override({ server }), and its handlers go on answering beside the world; or say test.override({ intercept: false }).'
