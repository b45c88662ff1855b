import type { Issue } from '../../core/errors.ts'
import type { Environment } from './environment.ts'
import type { Target } from './target.ts'

/** The proxies that requests go through; empty where they go through none. */
export interface Proxies {
  /** For `http:` URLs, and for others where there is no other. */
  readonly http: string
  readonly https: string
  /** Hosts that are reached without, as NO_PROXY lists them. */
  readonly except: string
}

/** What a proxy's address looks like. */
const proxyPattern = /^https?:\/\/[^\s/]+\/?$/

/** Who asks for this machine asks no proxy, unless it was named for this very target. */
const thisMachine = 'localhost,127.0.0.1,[::1]'

/**
 * The proxies of a target: the one that it names, none where it says `none`, and otherwise those of the environment:
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY, which count in small letters first.
 */
export function proxiesFor({ proxy }: Pick<Target, 'proxy'>, env: Environment, issues: Issue[]): Proxies {
  if (proxy === 'none') return { http: '', https: '', except: '' }
  if (proxy !== undefined) {
    if (!isProxy(proxy)) issues.push({ path: ['proxy'], message: `"${proxy}" is not ${wanted}, and not none.` })
    return { http: proxy, https: proxy, except: '' }
  }
  const except = variable('NO_PROXY', env)?.value ?? ''
  return {
    http: fromVariable('HTTP_PROXY', env, issues),
    https: fromVariable('HTTPS_PROXY', env, issues),
    except: except === '*' ? except : `${except},${thisMachine}`,
  }
}

const wanted = 'the address of an HTTP proxy, such as http://proxy.example:3128'

function isProxy(text: string): boolean {
  return proxyPattern.test(text) && URL.canParse(text)
}

function fromVariable(name: string, env: Environment, issues: Issue[]): string {
  const found = variable(name, env)
  if (found === undefined) return ''
  // Others take a host and a port alone.
  const url = found.value.includes('://') ? found.value : `http://${found.value}`
  if (isProxy(url)) return url
  const message = `The variable ${found.spelled} of the environment is not ${wanted}. \`proxy: none\` passes over it.`
  issues.push({ path: ['proxy'], message })
  return ''
}

function variable(name: string, env: Environment): { readonly spelled: string; readonly value: string } | undefined {
  for (const spelled of [name.toLowerCase(), name]) {
    const value = env[spelled]?.trim() ?? ''
    if (value !== '') return { spelled, value }
  }
  return undefined
}
