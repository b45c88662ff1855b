import { times } from './statistics.js'

/** What is aimed at, and whether it is met, as a table: a column for each Node. */
export function targets(all, rest, own) {
  const rows = [
    ...Object.keys(all[0].protocols).flatMap((protocol) => serverRows(protocol, all, own)),
    row('cold start to the first answer ≤ 1.3 on Node 20, ≤ 1.15 on newer', all, ({ node, start }) => {
      const { ratio } = start.find(({ name }) => name === own)
      return told(ratio.median <= (Number.parseInt(node, 10) > 20 ? 1.15 : 1.3), times(ratio))
    }),
    row('peak memory under this load ≤ 90 MB', all, (each) => {
      const [mine, bare] = [own, 'bare node:http'].map((name) => peak(each, name))
      return told(mine <= 90, `${mine.toFixed(0)} MB (bare: ${bare.toFixed(0)} MB)`)
    }),
    ...(rest === undefined ? [] : restRows(rest, all)),
  ]
  return [
    `| target | ${all.map(({ node }) => `Node ${node.split('.')[0]}`).join(' | ')} |`,
    `| --- | ${all.map(() => '---').join(' | ')} |`,
    ...rows,
  ]
}

function serverRows(protocol, all, own) {
  const [{ rows }] = all[0].protocols[protocol]
  const cells = (each, name) => each.protocols[protocol].find((one) => one.name === name).rows
  const cell = (each, name, { kind, connections }) =>
    cells(each, name).find((one) => one.kind === kind && one.connections === connections)
  return [
    ...rows.map((asked) =>
      row(`throughput of ${nameOf(asked)} ≥ 0.95 (${protocol})`, all, (each) => {
        const { rate } = cell(each, own, asked)
        return told(rate.median >= 0.95, times(rate))
      }),
    ),
    row(`throughput ahead of Fastify's in every cell (${protocol})`, all, (each) => {
      const behind = rows.filter(
        (asked) => cell(each, own, asked).rate.median < cell(each, 'Fastify', asked).rate.median,
      )
      return told(behind.length === 0, behind.length === 0 ? 'all' : `not ${behind.map(nameOf).join(', ')}`)
    }),
    ...rows.map((asked) =>
      row(`processor time of ${nameOf(asked)} ≤ 1.15 (${protocol})`, all, (each) => {
        const { cpu } = cell(each, own, asked)
        return told(cpu.median <= 1.15, times(cpu))
      }),
    ),
  ]
}

function restRows({ node, crowds, worlds, inProcess }, all) {
  const millions = crowds.at(-1)
  const perUser = ((millions.peakMemory - crowds[0].peakMemory) * 1024 * 1024) / millions.size
  const once = (what, isMet, found) => row(what, all, (each) => (each.node === node ? told(isMet, found) : '–'))
  return [
    once(
      'cost of a request with a million users ≤ 1.1 of that with ten',
      millions.cost.median <= 1.1,
      times(millions.cost),
    ),
    once(
      'a crowd of a million ready in 2 s',
      millions.startMs <= 2000,
      `${(millions.startMs / 1000).toFixed(2)} s, the start of the process included`,
    ),
    once('… and ≤ 80 bytes a user until touched', perUser <= 80, `${perUser.toFixed(0)} bytes more than with ten`),
    once('ten thousand worlds ≤ 4 kB each until touched', worlds <= 4000, `${worlds} bytes`),
    ...inProcess
      .filter(({ host }) => host !== 'fetch')
      .map(({ host, ratio, untold }) =>
        once(
          `handlers in MSW ${host === 'msw' ? 2 : 3} ≤ 1.1 of the cheapest handler`,
          untold === undefined && ratio.median <= 1.1,
          untold ?? times(ratio),
        ),
      ),
  ]
}

const nameOf = ({ kind, connections }) => `${kind} at ${connections} connections`
const told = (isMet, found) => `${isMet ? 'met' : '**missed**'}: ${found}`
const row = (what, all, find) => `| ${what} | ${all.map(find).join(' | ')} |`

function peak({ protocols }, name) {
  return Math.max(...Object.values(protocols).map((rows) => rows.find((one) => one.name === name).peakMemory))
}
