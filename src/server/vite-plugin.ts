import type { Plugin, PreviewServer, ViteDevServer } from 'vite'
import { checkOptions, type OptionNames } from '../core/check-options.ts'
import { nodeHost } from '../hosts/node-host.ts'
import { watchScenario } from '../hosts/watch-scenario.ts'
import { chosenApis } from '../scenario/chosen-apis.ts'
import { createWorldOn, overridesOf, type WorldOptions } from '../scenario/create-world.ts'
import type { ApiChoice, Scenario } from '../scenario/written-scenario.ts'
import type { World } from '../world/world.ts'
import { createRequestListener, type RequestListenerOptions } from './request-listener.ts'

/** What the dev server plays. */
export interface UnderstudyPluginOptions
  extends
    Pick<RequestListenerOptions, 'adminToken' | 'allowedHosts'>,
    Pick<WorldOptions<ApiChoice>, 'apis' | 'overrides'> {
  /** The name of a shipped scenario, a file's path from Vite's root, or an object ('default'). */
  readonly scenario?: string | Scenario
}

const optionNames: OptionNames<UnderstudyPluginOptions> = {
  scenario: true,
  apis: true,
  overrides: true,
  adminToken: true,
  allowedHosts: true,
}

/**
 * A plug-in for Vite, 6 or later: the mocked APIs behind `vite dev` and `vite preview`, on the app's own origin, and the
 * console at `/__understudy/`. An edited scenario file is taken over, keeping the running state where it can. What is built
 * knows nothing of it. What is wrong with the scenario keeps Vite from starting.
 *
 * @example
 * ```ts
 * import { createServer } from 'vite'
 * import { understudy } from 'auth-understudy/vite'
 *
 * const plugins = [understudy({ scenario: 'lockout', apis: ['secure-login'] })]
 * const vite = await createServer({ configFile: false, logLevel: 'error', plugins })
 * await vite.listen()
 * const info = await fetch(`${vite.resolvedUrls?.local[0]}jira/rest/securelogin-admin/1.0/api/info`)
 * console.log(info.headers.get('x-understudy-clause')) // SL-03
 * await vite.close()
 * ```
 * @since 0.1.0
 */
export function understudy(options: UnderstudyPluginOptions = {}): Plugin {
  checkOptions('understudy()', options, optionNames)
  const stops = new Set<() => void>()
  const stop = (): void => {
    for (const each of stops) each()
    stops.clear()
  }
  const stand = async (server: ViteDevServer | PreviewServer): Promise<void> => {
    stops.add(await standBehind(server, options))
  }
  return {
    name: 'auth-understudy',
    apply: 'serve',
    configureServer: stand,
    async configurePreviewServer(server) {
      await stand(server)
      server.httpServer.once('close', stop)
    },
    buildEnd: stop,
  }
}

/** The result lets go of the files. */
async function standBehind(
  { config, middlewares }: ViteDevServer | PreviewServer,
  { scenario = 'default', adminToken, allowedHosts, ...options }: UnderstudyPluginOptions,
): Promise<() => void> {
  const { root, logger } = config
  const world: World = await createWorldOn(nodeHost(root), scenario, options)
  const { playing } = await chosenApis(options.apis)
  // The preview is a production build that somebody looks at on their own machine.
  const listener = createRequestListener(world, {
    production: true,
    ...(adminToken === undefined ? {} : { adminToken }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
    onError: (error) => logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  })
  middlewares.use(listener)
  const tell = (what: string | readonly string[]): void =>
    logger.info(`auth-understudy: ${[what].flat().join('\n  ')}`, { timestamp: true })
  tell(`plays ${world.scenario.name}; the console is at /__understudy/`)
  if (typeof scenario !== 'string') return () => undefined
  const { stop } = await watchScenario({ cwd: root, tell }, world, scenario, overridesOf({ ...options, apis: playing }))
  return stop
}
