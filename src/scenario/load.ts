import type { AnyApi } from '../core/api.ts'
import { didYouMean, UnderstudyError, type Issue } from '../core/errors.ts'
import { isJsonObject, own, type Json, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Setup } from '../world/setup.ts'
import { snapshotInvalid } from '../world/snapshot.ts'
import { fromLink, isLink } from './link.ts'
import { merge } from './merge.ts'
import { checkScenario, scenarioInvalid, type ScenarioData } from './scenario.ts'
import { isSnapshot, readSnapshot, refuseParents } from './snapshot-file.ts'
import type { Located, ReadSource, SourceReader } from './source.ts'

/** How files are read, where there are files. */
export interface Files {
  /** The text of a file; undefined where there is none. */
  read(path: string): Promise<string | undefined>
  /** The path of a file that another one names. */
  resolve(from: string, path: string): string
}

/** What loading a scenario needs to know. */
export interface LoadOptions {
  readonly apis: readonly AnyApi[]
  /** Where there are no files, only shipped scenarios and objects can be loaded. */
  readonly files?: Files | undefined
  /** Reads texts; at once if left out. */
  readonly readSource?: SourceReader | undefined
  /** Laid over the scenario, member by member. */
  readonly overrides?: JsonObject | undefined
}

/** A scenario that was loaded, and the files it came from. */
export interface LoadedScenario {
  readonly setup: Setup
  readonly paths: readonly string[]
}

/** One link of an `extends` chain. */
interface Link {
  readonly name: string
  readonly data: JsonObject
  readonly source?: ReadSource
}

/**
 * Loads a scenario by shipped name, by file path, by link, or from an object; a snapshot will do for one. Throws
 * ERR_SCENARIO_UNKNOWN, ERR_SCENARIO_INVALID or ERR_SNAPSHOT_INVALID; the latter two with file, line and column of each
 * issue where there is a file.
 */
export async function loadScenario(scenario: string | ScenarioData, options: LoadOptions): Promise<LoadedScenario> {
  const chain = await loadChain(scenario, options)
  const paths = chain.flatMap((link) => (link.source === undefined ? [] : [link.source.file]))
  refuseParents(chain)
  const [first] = chain
  if (first !== undefined && isSnapshot(first.data)) return { setup: await loadSnapshot(first, options), paths }
  const merged = chain.map(({ data }) => data).reduceRight((parent, child) => merge(parent, child))
  const source = merge(merged, options.overrides)
  const name = first?.name ?? 'scenario'
  const { setup, issues } = checkScenario(source, name, options.apis)
  if (setup === undefined) throw scenarioInvalid(name, await placed(issues, chain))
  return { setup, paths }
}

/** A snapshot, with what is laid over its scenario. */
async function loadSnapshot(link: Link, { apis, overrides }: LoadOptions): Promise<Setup> {
  const scenario = own(link.data, 'scenario')
  const name = link.source === undefined ? String(own(link.data, 'name')) : link.name
  try {
    const data = isJsonObject(scenario) ? { ...link.data, scenario: merge(scenario, overrides) } : link.data
    return readSnapshot(data, name, apis)
  } catch (error) {
    if (!(error instanceof UnderstudyError) || error.code !== 'ERR_SNAPSHOT_INVALID') throw error
    throw snapshotInvalid(await placed(error.issues, [link]))
  }
}

/** The scenario and what it extends, child first. */
async function loadChain(scenario: string | ScenarioData, options: LoadOptions): Promise<Link[]> {
  const chain: Link[] = []
  let next: string | ScenarioData | undefined = scenario
  while (next !== undefined) {
    const link: Link = typeof next === 'string' ? await loadLink(next, chain.at(-1), options) : fromObject(next)
    if (typeof next === 'string' && chain.some(({ name }) => name === link.name)) {
      const circle = [...chain.map(({ name }) => name), link.name].join(' → ')
      throw new UnderstudyError('ERR_SCENARIO_INVALID', `The scenario extends itself: ${circle}.`)
    }
    chain.push(link)
    const parent: Json | undefined = link.data['extends']
    next = typeof parent === 'string' ? parent : undefined
  }
  return chain
}

function fromObject(scenario: ScenarioData): Link {
  if (!isJsonObject(scenario))
    throw scenarioInvalid('given', [
      { path: [], message: 'A scenario is an object with description, users and so on.' },
    ])
  return { name: 'given', data: scenario }
}

async function loadLink(name: string, child: Link | undefined, options: LoadOptions): Promise<Link> {
  if (isLink(name)) return { name: 'link', data: await fromLink(name) }
  const { shipped } = await import('./shipped.ts')
  if (Object.hasOwn(shipped, name)) return { name, data: shipped[name] as JsonObject }
  const isPath = /[/\\]|\.(ya?ml|json)$/i.test(name)
  if (!isPath || options.files === undefined)
    throw unknownScenario(name, Object.keys(shipped), options.files !== undefined, child)
  const path = child?.source === undefined ? name : options.files.resolve(child.source.file, name)
  const text = await options.files.read(path)
  if (text === undefined)
    throw new UnderstudyError('ERR_SCENARIO_UNKNOWN', `There is no scenario file ${path}${from(child)}.`)
  const read = options.readSource ?? (await import('./source.ts')).readHere
  const source = await read(text, path)
  if (!isJsonObject(source.data)) {
    const issues = [{ path: [], message: 'A scenario is a map with description, users and so on.' }]
    throw scenarioInvalid(path, await placed(issues, [{ name: path, data: {}, source }]))
  }
  return { name: path, data: source.data, source }
}

function unknownScenario(
  name: string,
  shipped: readonly string[],
  hasFiles: boolean,
  child: Link | undefined,
): UnderstudyError {
  const files = hasFiles ? ' A file is named by its path, such as ./my.yaml.' : ''
  return new UnderstudyError(
    'ERR_SCENARIO_UNKNOWN',
    `There is no scenario "${name}"${from(child)}; shipped are ${shipped.join(', ')}.${didYouMean(nearestWord(name, shipped))}${files}`,
  )
}

function from(child: Link | undefined): string {
  return child === undefined ? '' : `, which ${child.name} extends`
}

/** The issues with their places: each in the link of the chain that spells the most of its path, if that is a file. */
async function placed(issues: readonly Issue[], chain: readonly Link[]): Promise<Issue[]> {
  const links = await Promise.all(
    chain.map(async ({ data, source }): Promise<readonly Partial<Located>[]> =>
      source === undefined ? issues.map(({ path }) => ({ depth: depthOf(data, path) })) : await source.locate(issues),
    ),
  )
  return issues.map((issue, index) => {
    const found = links.map((places) => places[index] as Partial<Located>)
    const best = found.reduce((most, next) => ((next.depth ?? 0) > (most.depth ?? 0) ? next : most))
    return best.place === undefined ? issue : { ...issue, place: best.place }
  })
}

/** How far a path leads into plain data. */
function depthOf(data: unknown, [step, ...rest]: Issue['path']): number {
  if (step === undefined || typeof data !== 'object' || data === null || !Object.hasOwn(data, step)) return 0
  return 1 + depthOf((data as { readonly [step: string | number]: unknown })[step], rest)
}
