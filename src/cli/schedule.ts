import type { Command } from 'commander'
import type { FieldView } from '../control/field-view.ts'
import { comingMoment } from '../core/coming-moment.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Named } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { ScheduledView } from '../world/world-schedule.ts'
import { group, liveCommand, option, show, type LiveOptions, type Shell } from './command.ts'
import { readPair, toPatch } from '../control/written-patch.ts'
import type { RunningServer } from './server.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

type AddOptions = LiveOptions & { readonly for?: string; readonly until?: string }

/** `understudy schedule …`: what happens by itself, at times of the world's clock. */
export function scheduleCommand(shell: Shell): Command {
  return group('schedule', 'what is to happen by itself', [
    liveCommand('add', 'has something happen later: `add 10s user carol blocked --for 2m`')
      .argument('<when>', 'in so long, such as 10s; at 09:05 of the clock of the world, in GMT; or an instant')
      .argument('<what>', 'user, api or end-sessions')
      .argument(
        '[words...]',
        'the username, a state and name=value; the API and name=value; the username, or nobody for all',
      )
      .addOption(option('--for <duration>', 'how long the state lasts, such as 2m'))
      .addOption(option('--until <instant>', 'until when, such as +30m'))
      .action((when: string, what: string, words: readonly string[], options: AddOptions) =>
        show(
          shell,
          options,
          async (server) => {
            const body = { ...(await toEvent(server, what, words, options)), at: await toMoment(server, when) }
            return server.request('POST /schedule', { body })
          },
          (event) => lines([event]),
        ),
      ),
    liveCommand('list', 'what is to come, the next first').action((options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => server.request('GET /schedule'),
        ({ events }) => lines(events),
      ),
    ),
    liveCommand('remove', 'takes an event off that is to come')
      .argument('<id>', 'such as s1')
      .action((id: string, options: LiveOptions) =>
        show(
          shell,
          options,
          (server) => server.request('DELETE /schedule/{id}', { params: { id } }),
          ({ what }) => `no longer to come: ${what}`,
        ),
      ),
  ])
}

async function toMoment(server: RunningServer, when: string): Promise<string> {
  const { world } = await server.request('GET /clock')
  return comingMoment(when, world)
}

async function toEvent(
  server: RunningServer,
  what: string,
  words: readonly string[],
  { for: lasts, until }: AddOptions,
): Promise<JsonObject> {
  const [name, ...rest] = words
  if (what === 'end-sessions' && rest.length === 0)
    return { end: 'sessions', ...(name === undefined ? {} : { user: name }) }
  if ((what !== 'user' && what !== 'api') || name === undefined)
    throw new UnderstudyError(
      'ERR_USAGE',
      `"${[what, ...words].join(' ')}" is nothing to schedule; write \`user carol blocked\`, \`api secure-login active=false\` or \`end-sessions\`.`,
    )
  const state = what === 'user' && rest[0]?.includes('=') === false ? rest[0] : undefined
  const pairs = (state === undefined ? rest : rest.slice(1)).map(readPair)
  const fields = await fieldsOf(server, what, name)
  const given: readonly (readonly [string, Json | undefined])[] = Object.entries({ state, for: lasts, until })
  const facts = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  return { [what]: name, set: { ...facts, ...toPatch(pairs, fields) } }
}

/** What can be set, as the server describes it: of one API, or, for a user who may be anybody's, of all. */
async function fieldsOf(server: RunningServer, what: 'user' | 'api', name: string): Promise<Named<FieldView>> {
  const { apis } = await server.request('GET /apis')
  if (what === 'api') return apis.find(({ id }) => id === name)?.fields.settings ?? {}
  const named = apis.filter(({ id }) => name.startsWith(`${id}/`))
  const meant = named.length === 0 ? apis : named
  return Object.fromEntries(meant.flatMap(({ fields }) => Object.entries(fields.user)))
}

function lines(events: readonly ScheduledView[]): Line[] {
  if (events.length === 0) return ['nothing is scheduled']
  return table(
    ['ID', 'AT', 'IN', 'WHAT'],
    events.map(({ id, at, in: left, what }) => [id, at, left, what]),
  )
}
