import { markup } from '../../core/markup.ts'
import type { ClauseOutcome } from '../telling/clause-change.ts'
import type { KeptRun, Track } from './track.ts'

/** From the ground up, with what people call it. */
export const layers: readonly (readonly [outcome: ClauseOutcome, words: string])[] = [
  ['kept', 'kept'],
  ['accepted', 'accepted'],
  ['differs', 'differ'],
  ['broken', 'broken'],
  ['not reached', 'not tested'],
]

const height = 240
const left = 44
const top = 24
const bottom = 40

/** The clauses of each run as a column of an SVG, with what they were on hovering. */
export function plotOf({ runs, target }: Track, id: string): string {
  const most = Math.max(1, ...runs.map(({ counts }) => sumOf(counts)))
  const step = Math.min(72, Math.max(12, Math.floor(740 / runs.length)))
  const width = Math.max(left + runs.length * step + 8, 320)
  const y = (count: number): number => round(top + height - (count / most) * height)
  const every = Math.ceil((runs.length * 52) / (runs.length * step))
  const columns = runs.map((run, at) =>
    column(run, { x: left + at * step, step, y, isNamed: (runs.length - 1 - at) % every === 0 }),
  )
  const last = runs.at(-1) as KeptRun
  const desc = `${runs.length} runs, the latest of ${minute(last.startedAt)}: ${countWords(last)}. The table below has each.`
  return [
    `<svg class="plot" viewBox="0 0 ${width} ${top + height + bottom}" width="${width}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">Clauses of ${markup(target.title)} kept, run by run</title><desc id="${id}-desc">${markup(desc)}</desc>`,
    // What is broken has stripes, too: not everybody sees red.
    '<defs><pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="broken"/><rect width="1.5" height="5" class="stripe"/></pattern></defs>',
    ...ticksUpTo(most).map(
      (count) =>
        `<line class="grid" x1="${left}" x2="${width}" y1="${y(count)}" y2="${y(count)}"/><text class="tick" x="${left - 8}" y="${y(count) + 4}" text-anchor="end">${count}</text>`,
    ),
    ...columns,
    '</svg>',
  ].join('\n')
}

interface Place {
  readonly x: number
  readonly step: number
  readonly y: (count: number) => number
  /** Whether there is room for its date. */
  readonly isNamed: boolean
}

function column(run: KeptRun, { x, step, y, isNamed }: Place): string {
  let below = 0
  const middle = x + step / 2
  const parts = layers.map(([outcome]) => {
    const from = below
    below += run.counts[outcome]
    if (below === from) return ''
    const fill = outcome === 'broken' ? 'fill="url(#stripes)"' : `class="${outcome.replace(' ', '-')}"`
    return `<rect ${fill} x="${x + step * 0.12}" width="${round(step * 0.76)}" y="${y(below)}" height="${round(y(from) - y(below))}"/>`
  })
  const { broken } = run.counts
  const mark =
    broken === 0 ? '' : `<text class="count" x="${middle}" y="${y(below) - 6}" text-anchor="middle">${broken}</text>`
  const [day, time] = minute(run.startedAt).split(' ')
  const name = isNamed
    ? `<text class="tick" x="${middle}" y="${top + height + 16}" text-anchor="middle">${day?.slice(5)}</text><text class="tick" x="${middle}" y="${top + height + 31}" text-anchor="middle">${time}</text>`
    : ''
  const changes = changeWords(run)
  const told = [minute(run.startedAt), countWords(run), ...(changes === '' ? [] : [changes])].join('\n')
  return `<g class="run"><title>${markup(told)}</title><rect class="back" x="${x}" width="${step}" y="${top}" height="${height}"/>${parts.join('')}${mark}${name}</g>`
}

/** What became of the clauses of a run, in words. */
export function countWords({ counts }: KeptRun): string {
  return layers.flatMap(([outcome, words]) => (counts[outcome] === 0 ? [] : [`${counts[outcome]} ${words}`])).join(', ')
}

/** What was otherwise than in the run before, in words. */
export function changeWords({ changes }: KeptRun): string {
  const kinds = [...new Set(changes.map(({ kind }) => kind))]
  return kinds
    .map(
      (kind) =>
        `${kind}: ${changes
          .filter((change) => change.kind === kind)
          .map(({ subject }) => subject)
          .join(' ')}`,
    )
    .join('; ')
}

/** An instant to the minute, in UTC. */
export function minute(startedAt: string): string {
  return startedAt.slice(0, 16).replace('T', ' ')
}

export function sumOf(counts: KeptRun['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function ticksUpTo(most: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => most / each <= 5) ?? 1000
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
