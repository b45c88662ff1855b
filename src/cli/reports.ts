import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Findings } from '../contract/telling/findings.ts'
import { toMarkdown } from '../contract/telling/report/markdown.ts'
import { formats, type Format } from '../contract/telling/report/report.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { printableJson } from '../core/printable.ts'
import type { Io } from './io.ts'
import { workflowCommands } from './shown.ts'
import { messageOf } from '../core/thrown.ts'

/** Where the latest findings are kept, for `replay` and `--resume`. */
const findingsFile = join('.understudy', 'verify.json')

/** Where those of one target are. */
const fileOf = (path: string): string => join('.understudy', 'verify', `${path.replaceAll(/[^\w.-]+/g, '-')}.json`)

/** The reports that were asked for; annotations without asking where GitHub Actions runs this. */
export function reportsFor(io: Io, wanted: string | undefined): readonly string[] {
  const names = (wanted ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = names.find((name) => !Object.hasOwn(formats, name))
  if (unknown !== undefined) {
    const known = Object.keys(formats)
    const nearest = didYouMean(nearestWord(unknown, known))
    throw new UnderstudyError('ERR_USAGE', `"${unknown}" is no report; there are ${known.join(', ')}.${nearest}`)
  }
  return io.env['GITHUB_ACTIONS'] === 'true' && !names.includes('github') ? [...names, 'github'] : names
}

/** Keeps the findings of `verify` where `replay` and `--resume` look for them. */
export async function keepFindings(io: Io, findings: Findings): Promise<void> {
  const text = `${printableJson(findings, 2)}\n`
  for (const file of [findingsFile, fileOf(findings.target.path)]) await write(join(io.cwd, file), text)
}

/** Writes reports into a directory. */
export async function writeReports(
  io: Io,
  findings: Findings,
  names: readonly string[],
  directory: string,
): Promise<void> {
  for (const name of names) {
    const { file, content } = (formats[name] as Format)(findings)
    if (name === 'github') await annotate(io, findings, content)
    else {
      await write(resolve(io.cwd, directory, file), content)
      io.err(`wrote ${join(directory, file)}`)
    }
  }
}

/** Which target was verified last, or undefined. */
export async function latestTarget(io: Io): Promise<string | undefined> {
  return (await readFindings(io, findingsFile))?.target.path
}

/** What the latest run of a target found, or undefined. */
export function latestFindings(io: Io, path: string): Promise<Findings | undefined> {
  return readFindings(io, fileOf(path))
}

async function readFindings(io: Io, file: string): Promise<Findings | undefined> {
  const text = await readFile(join(io.cwd, file), 'utf8').catch(() => 'null')
  try {
    const found = JSON.parse(text) as Partial<Findings> | null
    return isJsonObject(found?.target) && typeof found.target['path'] === 'string' ? (found as Findings) : undefined
  } catch {
    // Cut off while it was written.
    return undefined
  }
}

/** GitHub reads annotations from whatever a step prints, and its summary from a file. */
async function annotate(io: Io, findings: Findings, annotations: string): Promise<void> {
  io.err(workflowCommands(annotations))
  const file = io.env['GITHUB_STEP_SUMMARY']
  if (file !== undefined && file !== '') await appendFile(resolve(io.cwd, file), toMarkdown(findings))
}

async function write(path: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  } catch (error) {
    throw new UnderstudyError('ERR_USAGE', `${path} cannot be written: ${messageOf(error)}.`)
  }
}
