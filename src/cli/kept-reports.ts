import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { otherThan, readReports, type KeptReport } from '../contract/telling/kept-report.ts'
import { Baseline } from '../contract/telling/baseline.ts'
import type { LoadedTarget } from '../contract/target/loaded-target.ts'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, parseJson } from '../core/json.ts'
import type { Io } from './io.ts'

/** The reports in a file. Throws ERR_USAGE where it is not there, or is something else, and says what. */
export async function reportsIn({ cwd }: Pick<Io, 'cwd'>, file: string): Promise<readonly KeptReport[]> {
  return readReports(await contentOf(cwd, file), file)
}

/** The reports in a folder and the folders in it, and which files of other tools were left out. Every wrong file is told. */
export async function reportsBelow(
  { cwd }: Pick<Io, 'cwd'>,
  folder: string,
): Promise<{ readonly reports: readonly KeptReport[]; readonly leftOut: readonly string[] }> {
  const entries = await readdir(resolve(cwd, folder), { recursive: true, withFileTypes: true }).catch(
    (error: Error) => {
      throw new UnderstudyError('ERR_USAGE', `${folder} cannot be read: ${error.message}.`)
    },
  )
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name).slice(resolve(cwd, folder).length + 1))
    .sort()
  const [reports, leftOut, wrong]: [KeptReport[], string[], string[]] = [[], [], []]
  for (const name of files) {
    const file = join(folder, name)
    const content = await contentOf(cwd, file)
    const data = parseJson(content)
    const what = isJsonObject(data) ? otherThan(data) : undefined
    if (what !== undefined) leftOut.push(`${file}: it is ${what}`)
    else
      try {
        reports.push(...readReports(content, file))
      } catch (error) {
        if (!(error instanceof UnderstudyError)) throw error
        wrong.push(...error.lines)
      }
  }
  if (wrong.length > 0) throw new UnderstudyError('ERR_USAGE', ['Nothing was written.', ...wrong])
  if (reports.length > 0) return { reports, leftOut }
  throw new UnderstudyError(
    'ERR_USAGE',
    `There is no report of \`verify\` in ${folder}. Keep those of each run there: \`verify --report json --report-dir ${folder}/<run>\` writes one.`,
  )
}

/** What an earlier run of a target found. Throws ERR_USAGE where the file has none of that target. */
export async function baselineFor(
  io: Pick<Io, 'cwd'>,
  file: string,
  { path, api }: Pick<LoadedTarget, 'path' | 'api'>,
): Promise<Baseline> {
  const reports = await reportsIn(io, file)
  const found = reports.length === 1 ? reports[0] : reports.find(({ target }) => target.path === path)
  if (found?.target.api === api.id) return new Baseline(found, file)
  const known = reports.map(({ target }) => `${target.path} (${target.title})`).join(', ')
  throw new UnderstudyError('ERR_USAGE', `${file} has no report of ${path} (${api.title}), only of ${known}.`)
}

async function contentOf(cwd: string, file: string): Promise<string> {
  return readFile(resolve(cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'There is no file' : 'It cannot be read:'
    const what = error.code === 'ENOENT' ? file : `${file}: ${error.message}`
    throw new UnderstudyError('ERR_USAGE', `${why} ${what}. \`verify --report json\` writes a report.`)
  })
}
