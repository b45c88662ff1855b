import type { UserView } from '../core/api.ts'
import { formatDuration } from '../core/duration.ts'
import { commandLine, type ShellSyntax } from '../core/shell-syntax.ts'
import type { RequestView } from '../world/views.ts'
import type { World } from '../world/world.ts'
import type { Served } from './served.ts'
import { describeMutant } from './mutant.ts'
import { certificateFile } from './server-file.ts'
import { paint, type Line } from './shown.ts'
import { table } from './table.ts'

/** What a person needs to know of a server that just started. */
export function banner(served: Served, world: World, host: string, shell: ShellSyntax): Line[] {
  const { server, apis, mutants, newToken, handlers, fallback } = served
  const users = firstUsers(world)
  const { name, description } = world.scenario
  const now = world.clock.now
  const rows = users.map(({ api, username, state, failures, limit, until, details }) => [
    `  ${username}`,
    until === undefined ? state : `${state} for ${formatDuration(Math.floor((until - now) / 1000) * 1000)}`,
    failures === undefined ? '' : `${failures}/${limit}`,
    String(details['password'] ?? ''),
    String(details['pin'] ?? details['code'] ?? (details['totp'] === undefined ? '' : 'time-based')),
    apis.length > 1 ? api : '',
  ])
  const total = world.apis.reduce((sum, api) => sum + api.users({ limit: 0 }).total, 0)
  const more =
    total > users.length ? [paint('dim', `  … and ${total - users.length} more: ${server.url}/__understudy/users`)] : []
  const tries = world.playing.flatMap((api) => {
    const first = users.find((user) => user.api === api.id)
    const url = apis.find(({ id }) => id === api.id)?.url
    if (first === undefined || url === undefined) return []
    const trust = server.certificate === undefined ? [] : ['--cacert', certificateFile]
    const words = [...trust, ...api.tryOut(url, first, world.api(api.id).settings)]
    return [`  ${commandLine(shell, shell.curl, ...words)}`]
  })
  return [
    [paint('bold', 'auth-understudy'), ' plays ', paint('bold', name), `: ${description}`],
    ...mutants.map(({ mutant }) => [paint('bold', 'with the mutant'), ` ${describeMutant(mutant)}`]),
    '',
    ...apis.map(({ title, url: base }) => `${title.padEnd(14)} ${base}`),
    ...(handlers === 0 ? [] : [`${'Handlers'.padEnd(14)} ${handlers} of your own, asked before the APIs`]),
    ...(fallback === undefined ? [] : [`${'Fallback'.padEnd(14)} ${fallback}, for what no API takes`]),
    `${'Console'.padEnd(14)} ${server.url}/__understudy/`,
    `${'Control API'.padEnd(14)} ${server.url}/__understudy`,
    `${'Users'.padEnd(14)} ${server.url}/__understudy/users`,
    ...(newToken === undefined ? [] : [`${'Admin token'.padEnd(14)} ${newToken}`]),
    ...(server.certificate === undefined ? [] : [`${'Certificate'.padEnd(14)} ${certificateFile}`]),
    ...table(['  USER', 'STATE', 'FAILURES', 'PASSWORD', 'PIN', 'API'], rows),
    ...more,
    ...(tries.length === 0 ? [] : ['', 'Try it:', ...tries]),
    '',
    ...(served.isPublic ? [paint('red', publicWarning(host)), ''] : []),
    paint('dim', 'Ctrl-C stops it.'),
  ]
}

function firstUsers(world: World): (UserView & { readonly api: string })[] {
  return world.apis.flatMap((api) => api.users({ limit: 8 }).items.map((user) => ({ api: api.id, ...user })))
}

/** What to know before others can reach a server that lets everybody in. */
export function publicWarning(host: string): string {
  return (
    `Listening on ${host}: whoever reaches this machine can use the mocked APIs, with passwords that are no secret. ` +
    'The control API wants the admin token.'
  )
}

/** One line for one request, as it happens. */
export function requestLine({ at, id, method, path, status, clause, user, because }: RequestView): Line {
  const code = paint(status < 400 ? 'green' : status < 500 ? 'yellow' : 'red', String(status))
  const who = user === undefined ? '' : `(${user}) `
  return [`${at.slice(11, 19)} ${id} ${method} ${path} ${who}→ `, code, ` ${clause} ${because}`]
}
