import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, parseJson, type Json, type JsonObject } from '../../core/json.ts'
import { codeOf, messageOf } from '../../core/thrown.ts'
import { readHarEntries } from './har-entries.ts'
import type { RecordedTraffic } from './recorded-entry.ts'
import { readZip } from './zip.ts'

/** Reads a HAR 1.2 file, or a trace of Playwright. Throws ERR_USAGE for what is neither. */
export async function readTraffic(path: string): Promise<RecordedTraffic> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UnderstudyError('ERR_USAGE', `${path} cannot be read: ${codeOf(error) ?? messageOf(error)}.`)
  })
  const isZip = bytes.subarray(0, 2).toString() === 'PK'
  return isZip ? readHarEntries(entriesOfTrace(basename(path), bytes)) : readHarEntries(entriesOfHar(path, bytes))
}

function entriesOfHar(path: string, bytes: Buffer): readonly Json[] {
  const har = parseJson(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  const log = isJsonObject(har) ? har['log'] : undefined
  const entries = isJsonObject(log) ? log['entries'] : undefined
  if (Array.isArray(entries)) return entries as readonly Json[]
  const why = har === undefined ? 'it is not JSON' : 'it has no log.entries'
  throw new UnderstudyError(
    'ERR_USAGE',
    `${basename(path)} is no HAR: ${why}. A browser's tools save one, as does \`understudy requests --har\`; a trace.zip of Playwright is read as well.`,
  )
}

/** What a trace keeps of the network: entries as in a HAR, whose bodies are files beside it. */
function entriesOfTrace(file: string, bytes: Buffer): readonly Json[] {
  try {
    const files = readZip(bytes)
    const logs = [...files].filter(([name]) => name.endsWith('.network'))
    if (logs.length === 0) throw new RangeError('it has no .network file')
    return logs.flatMap(([, read]) =>
      read()
        .toString('utf8')
        .split('\n')
        .flatMap((line): Json[] => {
          const event = parseJson(line)
          if (!isJsonObject(event) || event['type'] !== 'resource-snapshot') return []
          return [withBodies(event['snapshot'] ?? null, files)]
        }),
    )
  } catch (error) {
    throw new UnderstudyError('ERR_USAGE', `${file} is no trace of Playwright: ${messageOf(error)}.`)
  }
}

function withBodies(snapshot: Json, files: ReadonlyMap<string, () => Buffer>): Json {
  if (!isJsonObject(snapshot)) return snapshot
  const [request, response] = [snapshot['request'], snapshot['response']]
  if (!isJsonObject(request) || !isJsonObject(response)) return snapshot
  return {
    ...snapshot,
    request: { ...request, ...beside('postData', request, files) },
    response: { ...response, ...beside('content', response, files) },
  }
}

function beside(member: string, owner: JsonObject, files: ReadonlyMap<string, () => Buffer>): JsonObject {
  const body = owner[member]
  const name = isJsonObject(body) ? (body['_sha1'] ?? body['_file']) : undefined
  const read = typeof name === 'string' ? files.get(`resources/${name}`) : undefined
  if (!isJsonObject(body) || read === undefined) return {}
  return { [member]: { ...body, text: read().toString('base64'), encoding: 'base64' } }
}
