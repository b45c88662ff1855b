import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, type Json } from '../../core/json.ts'
import type { TraceLine } from '../../world/trace.ts'
import { codeOf } from '../../core/thrown.ts'

/** The traces of all processes, merged. */
export interface Traces {
  readonly files: number
  readonly lines: readonly TraceLine[]
  /** What could not be read, in words. */
  readonly damages: readonly string[]
}

const suffix = '.ndjson'

/** Reads every trace of a directory. One that is not there has none. */
export async function readTraces(dir: string): Promise<Traces> {
  const names = await traceNames(dir)
  const lines: TraceLine[] = []
  const damages: string[] = []
  for (const name of names) {
    const text = await readFile(join(dir, name), 'utf8')
    for (const [index, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue
      const read = toLine(line)
      if (typeof read === 'string') damages.push(`${name}, line ${index + 1}: ${read}`)
      else lines.push(read)
    }
  }
  return { files: names.length, lines, damages }
}

/** Removes the traces of a directory, and nothing else that is in it. */
export async function clearTraces(dir: string): Promise<void> {
  for (const name of await traceNames(dir)) await rm(join(dir, name))
}

async function traceNames(dir: string): Promise<readonly string[]> {
  try {
    const names = await readdir(dir)
    return names.filter((name) => name.endsWith(suffix)).sort()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return []
    throw new UnderstudyError('ERR_USAGE', `The traces in ${dir} cannot be read: ${code ?? String(error)}.`)
  }
}

/** A line, or what is wrong with it. */
function toLine(text: string): TraceLine | string {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return 'it is no JSON; perhaps its process was killed while it wrote'
  }
  if (!isJsonObject(data) || data['trace'] === undefined) return 'it is no line of a trace'
  if (data['trace'] !== 1) return `its version is ${JSON.stringify(data['trace'])}, and this understudy reads version 1`
  return isTraceLine(data) ? data : 'it is no line of a trace'
}

function isTraceLine(line: unknown): line is TraceLine {
  if (!isJsonObject(line)) return false
  const { caller, meanwhile, interaction } = line
  const texts = (value: Json | undefined, ...names: readonly string[]): boolean =>
    isJsonObject(value) && names.every((name) => typeof value[name] === 'string')
  return (
    texts(line, 'clause', 'method', 'path', 'id') &&
    typeof line['status'] === 'number' &&
    (caller === undefined || texts(caller, 'before', 'after')) &&
    (meanwhile === undefined || texts(meanwhile, 'from', 'to')) &&
    (interaction === undefined || texts(interaction, 'untold') || isInteraction(interaction))
  )
}

function isInteraction(data: Json): boolean {
  if (!isJsonObject(data)) return false
  const { title, states, request, response } = data
  return (
    typeof title === 'string' &&
    Array.isArray(states) &&
    states.every((state) => isJsonObject(state) && typeof state['name'] === 'string') &&
    isJsonObject(request) &&
    isJsonObject(request['headers']) &&
    isJsonObject(request['query']) &&
    isJsonObject(response) &&
    isJsonObject(response['headers'])
  )
}
