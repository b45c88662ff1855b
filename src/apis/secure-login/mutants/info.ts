import { contentType, inReplies, inSteps, json, member, mutantsOf, renamed, status } from '../../../core/bend.ts'
import { toIso } from '../../../core/instant.ts'
import type { Json } from '../../../core/json.ts'
import type { Mutant } from '../../../core/mutant.ts'
import type { Context } from '../../../core/step.ts'
import * as replies from '../replies.ts'
import type { Settings } from '../settings.ts'

const mutant = mutantsOf<Settings>('secure-login')
const both = ['SL-03', 'SL-04']

/** `/info` with another server_time. */
function time(spell: (now: number) => Json): Mutant<Settings>['bend'] {
  return inReplies(
    both,
    json((data, { now }: Context<Settings>) => ({ ...data, server_time: spell(now) })),
  )
}

/** What goes wrong with `/info`. */
export const infoMutants: readonly Mutant<Settings>[] = [
  mutant('SL-03', 'text-plain', '/info is JSON, and says text/plain', inReplies(both, contentType('text/plain'))),
  mutant(
    'SL-03',
    'wrapped',
    '/info is wrapped in a data member',
    inReplies(
      both,
      json((data) => ({ data })),
    ),
  ),
  mutant('SL-03', 'text', 'active is a text instead of true or false', inReplies(both, json(member('active', String)))),
  mutant(
    'SL-03',
    'camel-case',
    'server_time is called serverTime',
    inReplies(both, json(renamed('server_time', 'serverTime'))),
  ),
  mutant('SL-03', 'no-content', '/info answers 204 while active', inReplies('SL-03', status(204))),
  mutant('SL-04', 'gone', '/info answers 410 while inactive, like the others', inReplies('SL-04', status(410))),
  mutant(
    'SL-04',
    'active',
    '/info says active although the plug-in is not',
    inReplies('SL-04', json(member('active', () => true))),
  ),
  mutant(
    'SL-05',
    'no-zone',
    'server_time has no Z',
    time((now) => toIso(now).replace('Z', '')),
  ),
  mutant(
    'SL-05',
    'offset',
    'server_time is local time with its offset',
    time((now) => toIso(now + 3_600_000).replace('Z', '+01:00')),
  ),
  mutant(
    'SL-05',
    'local',
    'server_time is local time that claims to be GMT',
    time((now) => toIso(now + 3_600_000)),
  ),
  mutant(
    'SL-05',
    'number',
    'server_time is a number of milliseconds',
    time((now) => now),
  ),
  mutant(
    'SL-05',
    'date-header',
    'server_time is spelt like a Date header',
    time((now) => `${toIso(now).slice(0, 10)} ${toIso(now).slice(11, 19)} GMT`),
  ),
  mutant(
    'SL-05',
    'stopped',
    'server_time is the time of a cache that is ten minutes old',
    time((now) => toIso(now - 600_000)),
  ),
  mutant(
    'SL-U1',
    'info',
    '/info answers 401 without a session',
    inSteps(['info'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      return outcome.user === undefined ? { ...outcome, reply: replies.noSession } : outcome
    }),
  ),
]
