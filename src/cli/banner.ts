import { styleText } from 'node:util'
import type { UserView } from '../core/api.ts'
import { formatDuration } from '../core/duration.ts'
import type { RequestView } from '../world/views.ts'
import type { Served } from './serve.ts'
import { describeMutant } from './mutant.ts'
import { certificateFile } from './server-file.ts'
import { table } from './table.ts'

/** What a person needs to know of a server that just started. */
export function banner(
  served: Served,
  users: readonly (UserView & { readonly api: string })[],
  host: string,
  color: boolean,
): string {
  const { world, server, apis, mutants, newToken } = served
  const bold = (text: string): string => (color ? styleText('bold', text) : text)
  const dim = (text: string): string => (color ? styleText('dim', text) : text)
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
    total > users.length ? [dim(`  … and ${total - users.length} more: ${server.url}/__understudy/users`)] : []
  const tries = world.worlds.apis.flatMap((api) => {
    const first = users.find((user) => user.api === api.id)
    const url = apis.find(({ id }) => id === api.id)?.url
    if (first === undefined || url === undefined) return []
    const line = api.tryOut(url, first, world.api(api.id).settings)
    return [`  ${server.certificate === undefined ? line : line.replace('curl ', `curl --cacert ${certificateFile} `)}`]
  })
  const red = (text: string): string => (color ? styleText('red', text) : text)
  return [
    `${bold('auth-understudy')} plays ${bold(name)}: ${description}`,
    ...mutants.map(({ mutant }) => `${bold('with the mutant')} ${describeMutant(mutant)}`),
    '',
    ...apis.map(({ title, url: base }) => `${title.padEnd(14)} ${base}`),
    `${'Console'.padEnd(14)} ${server.url}/__understudy/`,
    `${'Control API'.padEnd(14)} ${server.url}/__understudy`,
    `${'Users'.padEnd(14)} ${server.url}/__understudy/users`,
    ...(newToken === undefined ? [] : [`${'Admin token'.padEnd(14)} ${newToken}`]),
    ...(server.certificate === undefined ? [] : [`${'Certificate'.padEnd(14)} ${certificateFile}`]),
    table(['  USER', 'STATE', 'FAILURES', 'PASSWORD', 'PIN', 'API'], rows),
    ...more,
    ...(tries.length === 0 ? [] : ['', 'Try it:', ...tries]),
    '',
    ...(served.isPublic ? [red(publicWarning(host)), ''] : []),
    dim('Ctrl-C stops it.'),
  ].join('\n')
}

/** What to know before others can reach a server that lets everybody in. */
export function publicWarning(host: string): string {
  return (
    `Listening on ${host}: whoever reaches this machine can use the mocked APIs, with passwords that are no secret. ` +
    'The control API wants the admin token.'
  )
}

/** One line for one request, as it happens. */
export function requestLine(view: RequestView, color: boolean): string {
  const { at, id, method, path, status, clause, user, because } = view
  const code = color
    ? styleText(status < 400 ? 'green' : status < 500 ? 'yellow' : 'red', String(status))
    : String(status)
  return `${at.slice(11, 19)} ${id} ${method} ${path} ${user === undefined ? '' : `(${user}) `}→ ${code} ${clause} ${because}`
}
