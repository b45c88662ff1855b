import { unusable, UnderstudyError, type Issue } from '../core/errors.ts'
import { isJsonObject, own, type JsonObject } from '../core/json.ts'
import type { Setup } from '../world/setup.ts'
import { fromLink, isLink } from './link.ts'
import type { ReadSource, SourceReader } from './source.ts'
import { isSnapshot, toPlayable } from './snapshot-file.ts'

/** What was read, checked, and as it can be played. */
interface Shared {
  readonly world: JsonObject
  readonly description: string
}

/** What the text of a file, or a link, holds. Throws with line and column of each mistake in a text. */
export async function readShared(
  text: string,
  load: (scenario: JsonObject) => Promise<Setup>,
  readSource?: SourceReader,
): Promise<Shared> {
  if (isLink(text)) {
    const linked = await fromLink(text)
    return shown(linked, await load(linked))
  }
  const read = readSource ?? (await import('./source.ts')).readHere
  const source = await read(text, 'the file')
  const { data } = source
  if (!isJsonObject(data)) {
    const issue: Issue = { path: [], message: 'It is a map, either of a snapshot or of a scenario.' }
    throw unusable('ERR_SCENARIO_INVALID', 'The file', await placed([issue], source))
  }
  try {
    return shown(data, await load(data))
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    const { code, message, issues } = error
    // A scenario that is not known can only be one that this one extends.
    const known = code === 'ERR_SCENARIO_UNKNOWN' ? [{ path: ['extends'], message }] : issues
    throw known.length === 0 ? error : unusable(code, 'The file', await placed(known, source))
  }
}

function shown(data: JsonObject, setup: Setup): Shared {
  // Those are to be read before it is played, which knows nothing of them.
  const requests = isSnapshot(data) ? own(data, 'requests') : undefined
  const world = toPlayable(setup)
  return { world: requests === undefined ? world : { ...world, requests }, description: setup.description }
}

async function placed(issues: readonly Issue[], source: ReadSource): Promise<Issue[]> {
  const places = await source.locate(issues)
  return issues
    .map((issue, index): Issue & Required<Pick<Issue, 'place'>> => {
      const place = places[index]?.place
      return { ...issue, place: place ?? { file: source.file, line: 1, column: 1 } }
    })
    .sort((one, other) => one.place.line - other.place.line || one.place.column - other.place.column)
}
