import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { isJsonObject, parseJson, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'

/** What a consumer version selector may say: texts and switches. */
const texts = ['branch', 'consumer', 'environment', 'fallbackBranch', 'fallbackTag', 'tag']
const switches = ['mainBranch', 'matchingBranch', 'deployed', 'deployedOrReleased', 'released', 'latest']

/** Reads a selector, `mainBranch` or `branch=feat/pin,consumer=app`, or as Pact's JSON. Throws ERR_USAGE. */
export function readSelector(text: string): JsonObject {
  if (text.trimStart().startsWith('{')) return readJson(text)
  return Object.fromEntries(
    text.split(',').map((part): [string, string | boolean] => {
      const [name = '', value] = part.trim().split(/=(.*)/s, 2)
      if (switches.includes(name) && (value === undefined || value === 'true')) return [name, true]
      if (texts.includes(name) && value !== undefined && value !== '') return [name, value]
      const known = [...texts.map((each) => `${each}=…`), ...switches]
      const nearest = didYouMean(nearestWord(name, [...texts, ...switches]))
      throw new UnderstudyError('ERR_USAGE', `"${part}" is no selector; there are ${known.join(', ')}.${nearest}`)
    }),
  )
}

function readJson(text: string): JsonObject {
  const data = parseJson(text)
  if (isJsonObject(data)) return data
  throw new UnderstudyError('ERR_USAGE', `--selector takes words or a JSON object, not ${text}`)
}
