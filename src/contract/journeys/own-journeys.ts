import { basename } from 'node:path'
import { UnderstudyError } from '../../core/errors.ts'
import type { Journey } from '../../core/journey.ts'
import { filesOf, readText, type FileKind } from '../target/files.ts'
import { readJourney, type JourneyReading } from './read-journey.ts'

const journeyFiles: FileKind = { noun: 'journey', pattern: '**/*.{yaml,yml}', endings: '.yaml' }

/** Where journeys of one's own are: a folder, a file or a glob, from where somebody is. */
export interface JourneySource {
  readonly source: string
  readonly cwd: string
}

/**
 * The journeys of some folders, files and globs: those of the API that is asked, each called `journey.` and its file's name.
 * Throws ERR_USAGE where there are no files, and ERR_JOURNEY_INVALID with all that is wrong with them.
 */
export async function ownJourneys(sources: readonly JourneySource[], reading: JourneyReading): Promise<Journey[]> {
  const found = new Map<string, { file: string; text: string }>()
  for (const { source, cwd } of sources) {
    for (const file of await filesOf(source, cwd, journeyFiles)) {
      const id = `journey.${basename(file).replace(/\.(ya?ml|json)$/i, '')}`
      const other = found.get(id)
      const text = await readText(file, cwd)
      if (other !== undefined && other.text !== text)
        throw new UnderstudyError('ERR_USAGE', `${other.file} and ${file} would both be ${id}; rename one of them.`)
      found.set(id, { file, text })
    }
  }
  const wrong: UnderstudyError[] = []
  const journeys = [...found].flatMap(([id, { file, text }]) => {
    try {
      return readJourney(text, file, id, reading) ?? []
    } catch (error) {
      if (!(error instanceof UnderstudyError)) throw error
      wrong.push(error)
      return []
    }
  })
  if (wrong.length === 0) return journeys
  throw new UnderstudyError(
    'ERR_JOURNEY_INVALID',
    wrong.flatMap(({ lines }) => lines),
    wrong.flatMap(({ issues }) => issues),
  )
}
