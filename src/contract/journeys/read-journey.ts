import { check, checkPatch } from '../../core/check.ts'
import type { Issue } from '../../core/errors.ts'
import type { Journey } from '../../core/journey.ts'
import { nearestWord } from '../../core/nearest.ts'
import { inFileOrder, parseSource, type ParsedSource } from '../../scenario/source.ts'
import type { AskedApi } from './asked-operation.ts'
import { journeyField, type WrittenJourney } from './journey-file.ts'
import type { NoteIssue } from './naming.ts'
import { Steps } from './steps.ts'

/** What journeys are read for: the API of a target, its settings, and which other APIs there are. */
export interface JourneyReading extends AskedApi {
  readonly apis: readonly string[]
}

/**
 * Reads a journey of one's own; undefined for one of another API. Throws ERR_JOURNEY_INVALID with file, line and column of
 * everything that is wrong with it.
 */
export function readJourney(text: string, file: string, id: string, reading: JourneyReading): Journey | undefined {
  const source = parseSource(text, file, 'ERR_JOURNEY_INVALID')
  const issues: Issue[] = []
  const note: NoteIssue = (path, message, { nearest, onKey = false } = {}) =>
    void issues.push({ path, message, ...(nearest === undefined ? {} : { nearest }), ...(onKey ? { onKey } : {}) })
  const { value: written, issues: unfit } = check(journeyField, source.data)
  issues.push(...unfit)
  const { api } = reading
  if (written?.api !== undefined && !reading.apis.includes(written.api)) {
    note(['api'], `"${written.api}" is not an API that can be checked; there are ${reading.apis.join(', ')}.`, {
      nearest: nearestWord(written.api, reading.apis),
    })
  } else if (written?.api !== undefined && written.api !== api.id) return undefined
  const journey = written && toJourney(written, { id, file, source, note }, reading)
  if (journey === undefined || issues.length > 0)
    throw inFileOrder('ERR_JOURNEY_INVALID', `The journey ${source.file} cannot be played.`, source, issues)
  return journey
}

interface File {
  readonly id: string
  readonly file: string
  readonly source: ParsedSource
  readonly note: NoteIssue
}

function toJourney(written: WrittenJourney, { id, file, source, note }: File, reading: JourneyReading): Journey {
  const { api } = reading
  if (written.steps.length === 0) note(['steps'], 'It has no steps, so that it would show nothing.', { onKey: true })
  // Settings are compared as the API reads them.
  const { value: needs, issues } = checkPatch(api.settings, written.needs, ['needs'])
  for (const issue of issues) note(issue.path, issue.message, issue)
  const { steps, cast } = new Steps(reading, source, note).read(written)
  return {
    id,
    title: written.title,
    cast,
    file,
    steps,
    ...(needs === undefined || Object.keys(needs).length === 0 ? {} : { needs }),
  }
}
