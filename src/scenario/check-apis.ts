import type { AnyApi, ProviderState } from '../core/api.ts'
import { unusable, type Issue } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import type { World } from '../world/world.ts'
import { apiIssues } from './api-issues.ts'
import { scenarioFields } from './scenario.ts'

/** What handles may not hide: a world has it already. */
const ofWorlds: { readonly [Member in keyof World]: true } = {
  name: true,
  worlds: true,
  clock: true,
  faults: true,
  records: true,
  beside: true,
  story: true,
  undo: true,
  schedule: true,
  scenario: true,
  startedAt: true,
  apis: true,
  playing: true,
  api: true,
  ready: true,
  play: true,
  takeTurns: true,
  leave: true,
  requests: true,
  changes: true,
  asked: true,
  exchanges: true,
  next: true,
  lints: true,
  lintBy: true,
  journal: true,
  sessionCap: true,
  load: true,
  dropJournal: true,
  request: true,
  why: true,
  snapshot: true,
  restore: true,
  checkSnapshot: true,
  arrange: true,
  arrangeAll: true,
  clearRequests: true,
  reset: true,
  startScenario: true,
  rebase: true,
  note: true,
  listen: true,
  describe: true,
  exchange: true,
}

/** What a set of APIs may not have twice, by what it is called. */
interface Taken {
  readonly ids: Map<string, string>
  readonly clauses: Map<string, string>
  readonly states: Map<string, { readonly whose: string; readonly state: ProviderState }>
}

/**
 * Checks a set of APIs, by the names of their handles, of which some need no check. Throws ERR_API_INVALID with everything
 * that is wrong with one of them: members that are missing or of another kind, and what another has already.
 */
export function checkApis(
  entries: readonly (readonly [name: string, AnyApi])[],
  isSure: (api: unknown) => boolean,
): void {
  const taken: Taken = { ids: new Map(), clauses: new Map(), states: new Map() }
  // Who is sure keeps what is theirs, wherever they stand.
  const inOrder = [true, false].flatMap((sure) => entries.filter(([, api]) => isSure(api) === sure))
  for (const [name, api] of inOrder) {
    const issues = isSure(api) ? [] : apiIssues(api)
    if (issues.length === 0 && !isSure(api)) issues.push(...nameIssues(name, api.id))
    if (issues.length === 0) issues.push(...clashes(api, taken))
    if (issues.length > 0) throw unusable('ERR_API_INVALID', nameFor(api, name), issues)
  }
}

function nameFor(api: unknown, name: string): string {
  const { id, file } = (isJsonObject(api) ? api : {}) as { readonly id?: unknown; readonly file?: unknown }
  const title = `API ${typeof id === 'string' ? id : name}`
  return typeof file === 'string' ? `${file}: the ${title}` : `The ${title}`
}

function* nameIssues(name: string, id: string): Iterable<Issue> {
  if (Object.hasOwn(scenarioFields([]), id))
    yield { path: ['id'], message: `"${id}" is a member of every scenario, so its section cannot be called so` }
  if (name in ofWorlds) yield { path: ['id'], message: `"${id}" would hide \`world.${name}\`, which every world has` }
}

/** Notes what an API has; what another has already is an issue. */
function* clashes(api: AnyApi, { ids, clauses, states }: Taken): Iterable<Issue> {
  const own = described(api)
  const other = ids.get(api.id)
  if (other !== undefined) yield { path: ['id'], message: `"${api.id}" is the id of ${other} as well` }
  ids.set(api.id, own)
  for (const [index, { id }] of api.clauses.entries()) {
    const whose = clauses.get(id)
    if (whose !== undefined) {
      const instead = `where one definition makes several APIs, write the name of each into its ids, such as ${api.id.toUpperCase().replaceAll('-', '_')}-${id}`
      yield { path: ['clauses', index, 'id'], message: `"${id}" is a clause of ${whose} as well; ${instead}` }
    }
    clauses.set(id, own)
  }
  for (const [name, state] of Object.entries(api.providerStates)) {
    const before = states.get(name)
    // Not by identity: an API that was made by another copy of this package shares the clock, too.
    const isShared = before?.state.isShared === true && state.isShared === true
    if (before !== undefined && before.state !== state && !isShared)
      yield { path: ['providerStates', name], message: `${before.whose} has a state of this name as well` }
    states.set(name, { whose: own, state })
  }
}

function described({ title, file }: AnyApi): string {
  return file === undefined ? title : `${title} (${file})`
}
