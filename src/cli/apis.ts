import type { Option } from 'commander'
import * as registry from '../apis/registry.ts'
import type { AnyApi } from '../core/api.ts'
import { ownInteractions, type PactInteraction } from '../contract/comparing/own-pact.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { chosenApis, type ChosenApis } from '../scenario/chosen-apis.ts'
import { repeatable } from './command.ts'
import type { Io } from './io.ts'

/** The APIs of this package. */
export const ours: readonly AnyApi[] = Object.values(registry)

/** A word of the command line that names a file, and no id. */
const isFile = /[/\\]|\.[cm]?[jt]s$/

/** `--api`, which may be given several times. */
export function apiOption(about: string): Option {
  return repeatable('--api <id or file>', about)
}

/** `--api` with several values behind it. */
export function apisOption(about: string): Option {
  return repeatable('--api <id or file...>', about)
}

/**
 * The APIs of a command line: those of this package, and those of the files that are named. Those that are named play, or are
 * meant, and all of this package where none is. Throws ERR_API_UNKNOWN and ERR_API_INVALID, with the file.
 */
export async function apisNamed({ cwd }: Pick<Io, 'cwd'>, named: readonly string[] | undefined): Promise<NamedApis> {
  if (named === undefined) return withList(await chosenApis())
  const given: AnyApi[] = []
  for (const word of named) {
    if (!isFile.test(word)) given.push(apiCalled(word))
    else given.push(...(await (await import('./api-file.ts')).loadApiFile(cwd, word)))
  }
  return withList(await chosenApis(given))
}

/** The APIs of a command line, and which of them are meant. */
export interface NamedApis extends ChosenApis {
  readonly all: readonly AnyApi[]
  readonly meant: readonly AnyApi[]
}

function withList({ set, playing }: ChosenApis): NamedApis {
  const all = Object.values(set)
  return { set, playing, all, meant: all.filter(({ id }) => playing?.includes(id) ?? true) }
}

/** `--api` of the commands that check servers: the target says which API its server has. */
export function ownApisOption(): Option {
  return apiOption('an API of your own that the target may name: the file that exports it, such as ./turnstile.js')
}

/** The one API that is meant. Throws ERR_USAGE where it may be several, and as {@link apisNamed} does. */
export async function oneApiNamed(io: Pick<Io, 'cwd'>, named: readonly string[]): Promise<AnyApi> {
  const [api, ...others] = (await apisNamed(io, named)).meant
  if (api !== undefined && others.length === 0) return api
  const ids = [api, ...others].map((each) => each?.id)
  throw new UnderstudyError('ERR_USAGE', `It is about one API, and ${named.join(', ')} has ${ids.join(', ')}.`)
}

/** The interactions of the reference client with an API: of those of one's own there are none. */
export async function interactionsWith({ id }: Pick<AnyApi, 'id'>): Promise<PactInteraction[]> {
  return ours.some((own) => own.id === id) ? ownInteractions(id) : []
}

/**
 * The id of the one API that is meant at a server, which knows the ids of its own; undefined where several are, as may be in
 * an environment that is there for the server as well.
 */
export async function idNamed(io: Pick<Io, 'cwd'>, word: string | undefined): Promise<string | undefined> {
  if (word === undefined) return undefined
  const words = word.split(',').map((each) => each.trim())
  if (words.length === 1 && !isFile.test(word)) return word
  const [only, ...others] = (await apisNamed(io, words)).meant
  return others.length === 0 ? only?.id : undefined
}

/** The API of an id. Throws ERR_API_UNKNOWN, naming the nearest. */
export function apiCalled(id: string, apis: readonly AnyApi[] = ours): AnyApi {
  const known = apis.map((api) => api.id)
  const wanted = apis.find((api) => api.id === id)
  if (wanted !== undefined) return wanted
  const nearest = nearestWord(id, known)
  const hint = nearest === undefined ? ` A file is named by its path, such as ./${id}.js.` : didYouMean(nearest)
  throw new UnderstudyError('ERR_API_UNKNOWN', `There is no API "${id}"; there are ${known.join(', ')}.${hint}`)
}
