import { isJsonObject, type JsonObject } from '../core/json.ts'
import type { Setup } from '../world/setup.ts'
import { fromLink, isLink } from './link.ts'
import { scenarioInvalid } from './scenario.ts'
import type { SourceReader } from './source.ts'
import { toPlayable } from './snapshot-file.ts'

/** What the text of a file, or a link, holds: checked, and as it can be played. */
export async function readShared(
  text: string,
  load: (scenario: JsonObject) => Promise<Setup>,
  readSource?: SourceReader,
): Promise<{ readonly world: JsonObject; readonly description: string }> {
  const data = isLink(text) ? await fromLink(text) : await parse(text, readSource)
  const setup = await load(data)
  return { world: toPlayable(setup), description: setup.description }
}

async function parse(text: string, readSource: SourceReader | undefined): Promise<JsonObject> {
  const read = readSource ?? (await import('./source.ts')).readHere
  const { data } = await read(text, 'the file')
  if (isJsonObject(data)) return data
  throw scenarioInvalid('given', [{ path: [], message: 'It is a map, either of a snapshot or of a scenario.' }])
}
