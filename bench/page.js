import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { times } from './statistics.js'
import { targets } from './targets.js'

const own = 'auth-understudy'

/**
 * Everything measured, as a page: ratios with their spread, and which targets they meet. `all` is what each Node gave; what
 * is not asked of servers beside others is of the first that has it.
 */
export function page(all) {
  const [{ how, node, protocols }] = all
  const otherwise = all.find((each) => JSON.stringify(each.how) !== JSON.stringify(how))
  if (otherwise !== undefined)
    throw new Error(`Node ${otherwise.node} was measured in another way than ${node}: measure it again.`)
  const rest = all.find(({ crowds }) => crowds !== undefined)
  const names = Object.keys(protocols)
  return [
    '<!-- Written by npm run bench. -->',
    '',
    '# Performance',
    '',
    `Measured on Node ${all.map((each) => each.node).join(' and ')}, ${cpus().length} processors, ${cpus()[0].model.trim()}. Load by wrk over keep-alive connections on loopback,`,
    `${how.starts} cold starts. Every figure is the median of the ratios to a bare \`node:http\` server in the same round`,
    '(`bench/servers/bare.js`: the same sessions, PINs, counts and blocks, and nothing else), with the least and the',
    'greatest in brackets. This server runs as a user starts it: journal on, default',
    "settings. Absolute figures are not given: they would be the machine's.",
    '',
    'There are two protocols, and each table says which it is from:',
    '',
    ...names.map((name) => `- *${name}*: ${describe(name, how[name])}`),
    '',
    '## Targets',
    '',
    ...targets(all, rest, own),
    '',
    ...(rest?.inProcess ?? []).filter(({ host }) => host === 'fetch').map(fetchLine),
    '',
    '## Beside others',
    '',
    ...all.flatMap((each) => names.flatMap((name) => besideOthers(each, name))),
    'Most of the others keep no state here: they give fixed answers where this server and the bare one look up a session.',
    '',
    ...(rest === undefined ? [] : beyond(rest)),
    readFileSync(new URL('notes.md', import.meta.url), 'utf8'),
  ].join('\n')
}

function describe(name, { rounds, seconds, pauseMs }) {
  return name === 'turns'
    ? `${rounds} rounds of ${seconds} s for each request; the bare server, this one and Fastify take turns without pauses.`
    : `${rounds} rounds of ${seconds} s; before each of its turns a server has waited for ${pauseMs / 1000} s at least, as it does among eight.`
}

function besideOthers({ node, protocols, start }, protocol) {
  return [
    `Protocol: ${protocol}, Node ${node.split('.')[0]}.`,
    '',
    '| server | info, 10 | user, 10 | auth, 10 | info, 50 | user, 50 | auth, 50 | processor time, user, 10 | peak memory | cold start |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...protocols[protocol].map((row) => othersRow(row, start)),
    '',
  ]
}

function beyond({ crowds, fleet, store, node }) {
  return [
    '## Crowds',
    '',
    `With Node ${node.split('.')[0]}, as all that follows.`,
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
  ]
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
