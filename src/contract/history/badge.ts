import { markup } from '../../core/markup.ts'
import type { KeptRun, Track } from './track.ts'

const label = 'contract'

/** How the latest runs of all targets ended, as an SVG to show beside a project's name. */
export function toBadge(tracks: readonly Track[]): string {
  const latest = tracks.map(({ runs }) => runs.at(-1) as KeptRun)
  const count = (outcome: keyof KeptRun['counts']): number =>
    latest.reduce((sum, { counts }) => sum + counts[outcome], 0)
  const [kept, broken, differs] = [count('kept'), count('broken'), count('differs')]
  const others = [...(broken === 0 ? [] : [`${broken} broken`]), ...(differs === 0 ? [] : [`${differs} differ`])]
  const value = [`${kept} kept`, ...others].join(', ')
  const color = broken > 0 ? '#b3140f' : differs > 0 ? '#8a6100' : kept === 0 ? '#595f69' : '#14672c'
  const [left, right] = [widthOf(label), widthOf(value)]
  const text = markup(value)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${text}">`,
    `<title>${label}: ${text}</title>`,
    `<rect width="${left + right}" height="20" rx="3" fill="${color}"/><path d="M3 0h${left - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3" fill="#3a404a"/>`,
    '<g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11" text-anchor="middle">',
    `<text x="${left / 2}" y="14" textLength="${left - 12}">${label}</text><text x="${left + right / 2}" y="14" textLength="${right - 12}">${text}</text>`,
    '</g></svg>',
    '',
  ].join('\n')
}

/** Letters of such a font take about so much room; `textLength` sees to it that it is enough. */
function widthOf(text: string): number {
  const narrow = text.match(/[ilj,. ]/g)?.length ?? 0
  return 12 + narrow * 4 + (text.length - narrow) * 7
}
