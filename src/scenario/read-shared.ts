import { isJsonObject, own, type JsonObject } from '../core/json.ts'
import type { Setup } from '../world/setup.ts'
import { fromLink, isLink } from './link.ts'
import { scenarioInvalid } from './scenario.ts'
import type { SourceReader } from './source.ts'
import { isSnapshot, toPlayable } from './snapshot-file.ts'

/** What the text of a file, or a link, holds: checked, and as it can be played. */
export async function readShared(
  text: string,
  load: (scenario: JsonObject) => Promise<Setup>,
  readSource?: SourceReader,
): Promise<{ readonly world: JsonObject; readonly description: string }> {
  const data = isLink(text) ? await fromLink(text) : await parse(text, readSource)
  const setup = await load(data)
  // Those are to be read before it is played, which knows nothing of them.
  const requests = isSnapshot(data) ? own(data, 'requests') : undefined
  const world = toPlayable(setup)
  return { world: requests === undefined ? world : { ...world, requests }, description: setup.description }
}

async function parse(text: string, readSource: SourceReader | undefined): Promise<JsonObject> {
  const read = readSource ?? (await import('./source.ts')).readHere
  const { data } = await read(text, 'the file')
  if (isJsonObject(data)) return data
  throw scenarioInvalid('given', [{ path: [], message: 'It is a map, either of a snapshot or of a scenario.' }])
}
