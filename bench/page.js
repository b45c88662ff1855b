import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

const times = ({ median, least, greatest }) => `${median.toFixed(2)} (${least.toFixed(2)}–${greatest.toFixed(2)})`
const mark = (isMet) => (isMet ? 'met' : '**missed**')

/** Everything measured, as a page: ratios with their spread, and which targets they meet. */
export function page({ throughput, start, crowds, inProcess }, { rounds, seconds, starts }) {
  const own = throughput.find(({ name }) => name === 'auth-understudy')
  const ownStart = start.find(({ name }) => name === 'auth-understudy').ratio
  const millions = crowds.at(-1)
  const perUser = ((millions.peakMemory - crowds[0].peakMemory) * 1024 * 1024) / millions.size
  return [
    '<!-- Written by npm run bench -- --peers --write. -->',
    '',
    '# Performance',
    '',
    `Measured on Node ${process.versions.node}, ${cpus().length} processors, ${cpus()[0].model.trim()}. Load by wrk over keep-alive connections on loopback,`,
    `${rounds} interleaved rounds of ${seconds} s for each request, ${starts} cold starts. Every figure is the median of the ratios to a`,
    'bare `node:http` server in the same round (`bench/servers/bare.js`: the same sessions, PINs, counts and blocks, and',
    'nothing else), with the least and the greatest in brackets. This server runs as a user starts it: journal on, default',
    "settings. Absolute figures are not given: they would be the machine's.",
    '',
    '## Targets',
    '',
    '| target | | measured |',
    '| --- | --- | --- |',
    ...own.rows.map(
      ({ kind, connections, rate }) =>
        `| throughput of ${kind} at ${connections} connections ≥ 0.90 | ${mark(rate.median >= 0.9)} | ${times(rate)} |`,
    ),
    ...own.rows.map(
      ({ kind, connections, cpu }) =>
        `| processor time of ${kind} at ${connections} connections ≤ 1.15 | ${mark(cpu.median <= 1.15)} | ${times(cpu)} |`,
    ),
    `| cold start to the first answer ≤ 1.3 | ${mark(ownStart.median <= 1.3)} | ${times(ownStart)} |`,
    `| peak memory under this load ≤ 90 MB | ${mark(own.peakMemory <= 90)} | ${own.peakMemory.toFixed(0)} MB (bare: ${throughput[0].peakMemory.toFixed(0)} MB) |`,
    `| cost of a request with a million users ≤ 1.15 of that with ten | ${mark(millions.cost.median <= 1.15)} | ${times(millions.cost)} |`,
    `| a crowd of a million ready in 5 s | ${mark(millions.startMs <= 5000)} | ${(millions.startMs / 1000).toFixed(2)} s, the start of the process included |`,
    `| … and under 500 bytes a user until touched | ${mark(perUser < 500)} | ${perUser.toFixed(0)} bytes more than with ten |`,
    ...inProcess.filter(({ host }) => host !== 'fetch').map(handlersRow),
    '',
    ...inProcess.filter(({ host }) => host === 'fetch').map(fetchLine),
    '',
    '## Beside others',
    '',
    '| server | info, 10 | user, 10 | auth, 10 | info, 50 | user, 50 | auth, 50 | processor time, user, 10 | peak memory | cold start |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...throughput.map((row) => othersRow(row, start)),
    '',
    'Most of the others keep no state here: they give fixed answers where this server and the bare one look up a session.',
    '',
    '## Crowds',
    '',
    '| users | start to first answer | peak memory | cost of a request, against ten users |',
    '| --- | --- | --- | --- |',
    ...crowds.map(
      ({ size, startMs, peakMemory, cost }) =>
        `| ${size.toLocaleString('en')} | ${startMs.toFixed(0)} ms | ${peakMemory.toFixed(0)} MB | ${times(cost)} |`,
    ),
    '',
    readFileSync(new URL('notes.md', import.meta.url), 'utf8'),
  ].join('\n')
}

function handlersRow({ host, ratio, untold }) {
  const target = `handlers in MSW ${host === 'msw' ? 2 : 3} ≤ 1.1 of the cheapest handler`
  return untold === undefined
    ? `| ${target} | ${mark(ratio.median <= 1.1)} | ${times(ratio)} |`
    : `| ${target} | not measured | ${untold} |`
}

function fetchLine({ ratio, untold }) {
  return untold === undefined
    ? `\`createFetch\`, for which there is no target: ${times(ratio)} of a function that makes the Request and a Response.`
    : `\`createFetch\` was not measured: ${untold}`
}

function othersRow({ name, peakMemory, rows }, start) {
  const rate = (kind, connections) => {
    const row = rows.find((candidate) => candidate.kind === kind && candidate.connections === connections)
    return row === undefined ? '–' : row.rate.median.toFixed(2)
  }
  const cells = [10, 50].flatMap((connections) => ['info', 'user', 'auth'].map((kind) => rate(kind, connections)))
  const cpu = rows.find(({ kind, connections }) => kind === 'user' && connections === 10)?.cpu.median.toFixed(2) ?? '–'
  const cold = start.find((candidate) => candidate.name === name)?.ratio.median.toFixed(2) ?? '–'
  return `| ${name} | ${cells.join(' | ')} | ${cpu} | ${peakMemory.toFixed(0)} MB | ${cold} |`
}
