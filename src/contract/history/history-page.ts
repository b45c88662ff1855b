import { markup } from '../../core/markup.ts'
import { htmlPage } from '../telling/report/page.ts'
import { changeWords, countWords, layers, minute, plotOf } from './plot.ts'
import type { KeptRun, Track } from './track.ts'

const style = `
:root { --kept: light-dark(#3d9a5b, #4fae6e); --accepted: light-dark(#6f8fc9, #7f9fd9); --differs: light-dark(#d9a521, #e3b94a);
  --broken: light-dark(#c2261f, #f0756b); --not-reached: light-dark(#e3e6eb, #363c46); }
p.state { font-size: 1.05rem; } .scroll { overflow-x: auto; }
.from-end { direction: rtl; } .plot { display: block; max-width: none; direction: ltr; margin: 0 auto 0 0; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: .5rem 0 1.5rem; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 2px; vertical-align: -.05em; }
.grid { stroke: var(--line); } .tick { fill: var(--dim); font: 12px system-ui, sans-serif; } .back { fill: transparent; }
.run:hover .back { fill: var(--soft); } .count { fill: var(--bad); font: 600 13px system-ui, sans-serif; }
rect.kept, i.kept { fill: var(--kept); background: var(--kept); } rect.accepted, i.accepted { fill: var(--accepted); background: var(--accepted); }
rect.differs, i.differs { fill: var(--differs); background: var(--differs); }
rect.not-reached, i.not-reached { fill: var(--not-reached); background: var(--not-reached); }
rect.broken { fill: var(--broken); } rect.stripe { fill: light-dark(#fff8, #0008); }
i.broken { background: repeating-linear-gradient(45deg, var(--broken) 0 3px, light-dark(#e28d89, #8a413b) 3px 4px); }
.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 1.25rem; white-space: nowrap; } td.since { min-width: 18rem; } .when { white-space: nowrap; }
.marks td, .marks th { text-align: center; padding: .25rem .4rem; } .marks th:first-child { text-align: left; position: sticky; left: 0; background: Canvas; white-space: nowrap; }
.marks td.broken { color: var(--bad); font-weight: 700; } .marks td.not-reached { color: var(--dim); }
.marks td.what { text-align: left; min-width: 14rem; }`

/** So many of the latest runs have a column of their own in the table of clauses. */
const mostColumns = 20

const marks = { kept: '✓', accepted: 'a', differs: '≠', broken: '✗', 'not reached': '·' } as const

/** The runs of targets as a page: for each a plot of its clauses, and tables of runs and of clauses that were not always kept. */
export function toHistoryPage(tracks: readonly Track[]): string {
  return htmlPage('Contract checks over time', style, [
    '<h1>Contract checks over time</h1>',
    ...tracks.flatMap((track, at) => section(track, `target-${at + 1}`)),
  ])
}

function section(track: Track, id: string): string[] {
  const { target, runs } = track
  const last = runs.at(-1) as KeptRun
  const name = `${target.title} at ${target.baseUrl}`
  const legend = layers.map(([outcome, words]) => `<li><i class="${outcome.replace(' ', '-')}"></i>${words}</li>`)
  return [
    `<h2 id="${id}">${markup(name)}</h2>`,
    `<p class="state">${markup(`${countWords(last)} on ${minute(last.startedAt)} UTC, by ${target.path}.`)}</p>`,
    // Who has no room for all of them sees the latest.
    `<div class="scroll from-end" tabindex="0" role="region" aria-label="Plot of ${markup(name)}">${plotOf(track, id)}</div>`,
    `<ul class="legend">${legend.join('')}</ul>`,
    '<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table><caption hidden>Runs, the latest first</caption>',
    `<tr><th scope="col">Run (UTC)</th>${layers.map(([, words]) => `<th scope="col" class="number">${words}</th>`).join('')}<th scope="col">Since the run before</th></tr>`,
    ...runs.toReversed().map(runRow),
    '</table></div>',
    ...clauseTable(track),
  ]
}

function runRow(run: KeptRun): string {
  const counts = layers.map(([outcome]) => `<td class="number">${run.counts[outcome]}</td>`).join('')
  return `<tr><th scope="row" class="when">${minute(run.startedAt)}</th>${counts}<td class="since">${markup(changeWords(run))}</td></tr>`
}

function clauseTable({ clauses, runs }: Track): string[] {
  const shown = runs.slice(-mostColumns)
  const outcomeIn = (run: KeptRun, clause: string): keyof typeof marks => run.outcomes[clause] ?? 'not reached'
  const unsteady = Object.keys(clauses).filter((clause) => {
    const met = new Set(shown.map((run) => outcomeIn(run, clause)))
    return met.size > 1 || met.has('broken') || met.has('differs')
  })
  if (unsteady.length === 0) return ['<p>Each clause was the same in all of these runs, and none is broken.</p>']
  const rows = unsteady.map((clause) => {
    const cells = shown.map((run) => {
      const outcome = outcomeIn(run, clause)
      const label = `${outcome} on ${minute(run.startedAt)}`
      return `<td class="${outcome.replace(' ', '-')}" title="${label}"><span aria-label="${label}" role="img">${marks[outcome]}</span></td>`
    })
    return `<tr><th scope="row">${markup(clause)}</th>${cells.join('')}<td class="what">${markup(clauses[clause] ?? '')}</td></tr>`
  })
  const heads = shown.map(({ startedAt }) => `<th scope="col" class="when">${minute(startedAt).slice(5, 10)}</th>`)
  const legend = Object.entries(marks).map(([outcome, mark]) => `${mark} ${outcome}`)
  return [
    '<h3>Clauses that were not always kept</h3>',
    `<p>${legend.join(', ')}${runs.length > shown.length ? `; the latest ${shown.length} runs` : ''}</p>`,
    '<div class="scroll" tabindex="0" role="region" aria-label="Clauses that were not always kept"><table class="marks">',
    `<tr><th scope="col">Clause</th>${heads.join('')}<th scope="col">What it says</th></tr>`,
    ...rows,
    '</table></div>',
  ]
}
