import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

const times = ({ median, least, greatest }) => `${median.toFixed(2)} (${least.toFixed(2)}–${greatest.toFixed(2)})`
const mark = (isMet) => (isMet ? 'met' : '**missed**')

/** Everything measured, as a page: ratios with their spread, and which targets they meet. */
export function page({ protocols: measured, start, crowds, worlds, fleet, store, inProcess }, { protocols, starts }) {
  const peak = (name) =>
    Math.max(...Object.values(measured).map((rows) => rows.find((row) => row.name === name).peakMemory))
  const ownStart = start.find(({ name }) => name === 'auth-understudy').ratio
  const millions = crowds.at(-1)
  const perUser = ((millions.peakMemory - crowds[0].peakMemory) * 1024 * 1024) / millions.size
  return [
    '<!-- Written by npm run bench -- --peers --write. -->',
    '',
    '# Performance',
    '',
    `Measured on Node ${process.versions.node}, ${cpus().length} processors, ${cpus()[0].model.trim()}. Load by wrk over keep-alive connections on loopback,`,
    `${starts} cold starts. Every figure is the median of the ratios to a bare \`node:http\` server in the same round`,
    '(`bench/servers/bare.js`: the same sessions, PINs, counts and blocks, and nothing else), with the least and the',
    'greatest in brackets. This server runs as a user starts it: journal on, default',
    "settings. Absolute figures are not given: they would be the machine's.",
    '',
    'There are two protocols, and each table says which it is from:',
    '',
    ...Object.keys(measured).map((name) => `- *${name}*: ${describe(name, protocols[name])}`),
    '',
    '## Targets',
    '',
    '| target | | measured |',
    '| --- | --- | --- |',
    ...Object.entries(measured).flatMap(([name, rows]) => targetRows(name, rows)),
    `| cold start to the first answer ≤ 1.3 | ${mark(ownStart.median <= 1.3)} | ${times(ownStart)} |`,
    `| peak memory under this load ≤ 90 MB | ${mark(peak('auth-understudy') <= 90)} | ${peak('auth-understudy').toFixed(0)} MB (bare: ${peak('bare node:http').toFixed(0)} MB) |`,
    `| cost of a request with a million users ≤ 1.1 of that with ten | ${mark(millions.cost.median <= 1.1)} | ${times(millions.cost)} |`,
    `| a crowd of a million ready in 2 s | ${mark(millions.startMs <= 2000)} | ${(millions.startMs / 1000).toFixed(2)} s, the start of the process included |`,
    `| … and ≤ 80 bytes a user until touched | ${mark(perUser <= 80)} | ${perUser.toFixed(0)} bytes more than with ten |`,
    `| ten thousand worlds ≤ 4 kB each until touched | ${mark(worlds <= 4000)} | ${worlds} bytes |`,
    ...inProcess.filter(({ host }) => host !== 'fetch').map(handlersRow),
    '',
    ...inProcess.filter(({ host }) => host === 'fetch').map(fetchLine),
    '',
    '## Beside others',
    '',
    ...Object.entries(measured).flatMap(([name, rows]) => [
      `Protocol: ${name}.`,
      '',
      '| server | info, 10 | user, 10 | auth, 10 | info, 50 | user, 50 | auth, 50 | processor time, user, 10 | peak memory | cold start |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...rows.map((row) => othersRow(row, start)),
      '',
    ]),
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
    '## Many jobs on one server',
    '',
    'Each job signs in, enters wrong PINs until it is blocked, moves its clock and enters, twice, each time in a new world, with a',
    'pause of 50 ms in the mean before each request; `bench/fleet.js`. Every answer was the own world’s. The jobs ran in one',
    'process beside the server, on the same two processors: what they waited is the most that the server took.',
    '',
    '| jobs at once | requests | median wait | 99 of 100 waited less than | processor time of the server, each | memory beside ten jobs |',
    '| --- | --- | --- | --- | --- | --- |',
    ...fleet.map((row) => fleetRow(row, fleet[0])),
    '',
    '## Several processes on one store',
    '',
    'Redis without persistence on the same machine, 50 connections, against one process without a store; `bench/store.js`. With',
    'two processors, load, Redis and servers share them: more processes than processors gain nothing here, and this does not',
    'tell where more processors would stop. A round trip is a script that Redis runs, and the commands are those of the script.',
    '',
    '| processes | request | throughput | round trips a request | commands in Redis a request | share of a processor that Redis took |',
    '| --- | --- | --- | --- | --- | --- |',
    ...store.map(storeRow),
    '',
    readFileSync(new URL('notes.md', import.meta.url), 'utf8'),
  ].join('\n')
}

function describe(name, { rounds, seconds, pauseMs }) {
  return name === 'turns'
    ? `${rounds} rounds of ${seconds} s for each request; the bare server, this one and Fastify take turns without pauses.`
    : `${rounds} rounds of ${seconds} s; before each of its turns a server has waited for ${pauseMs / 1000} s at least, as it does among eight.`
}

function targetRows(protocol, rows) {
  const row = (what, isMet, found) => `| ${what} (${protocol}) | ${mark(isMet)} | ${times(found)} |`
  const own = rows.find(({ name }) => name === 'auth-understudy').rows
  return [
    ...own.map(({ kind, connections, rate }) =>
      row(`throughput of ${kind} at ${connections} connections ≥ 0.95`, rate.median >= 0.95, rate),
    ),
    ...own.map(({ kind, connections, cpu }) =>
      row(`processor time of ${kind} at ${connections} connections ≤ 1.15`, cpu.median <= 1.15, cpu),
    ),
  ]
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

function fleetRow({ jobs, requests, medianMs, slowMs, cpuPerRequest, memory }, first) {
  const cells = [
    jobs,
    requests,
    `${medianMs.toFixed(0)} ms`,
    `${slowMs.toFixed(0)} ms`,
    `${cpuPerRequest.toFixed(0)} µs`,
  ]
  return `| ${cells.join(' | ')} | ${(memory - first.memory).toFixed(0)} MB |`
}

function storeRow({ workers, kind, rate, trips, commands, share }) {
  return `| ${workers} | ${kind} | ${rate.toFixed(2)} | ${trips.toFixed(2)} | ${commands.toFixed(0)} | ${share.toFixed(2)} |`
}
