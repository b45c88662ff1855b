import { aboutOthers, along, way, type Apart, type Reach, type Universe } from '../core/tracing.ts'
import type { AnyDefinition } from './any-definition.ts'
import type { Says } from './own-says.ts'
import { unknownPlace } from './unknown-place.ts'

/** Some reach by name, as the groups of a universe are. */
interface Reaches {
  readonly [id: string]: Reach
}

/**
 * Everything that somebody may meet of an API, as far as its definition tells: its clauses and states, what time and failures
 * make of a user, and the statuses of what each step says by name.
 */
export function ownUniverse(definition: AnyDefinition, says: ReadonlyMap<string, Says>): Universe {
  return {
    clauses: clausesOf(definition, says),
    states: statesOf(definition),
    transitions: transitionsOf(definition),
    statuses: statusesOf(definition, says),
  }
}

function clausesOf(definition: AnyDefinition, says: ReadonlyMap<string, Says>): Universe['clauses'] {
  const spoken = new Map([...says.values()].map(({ clause }) => [clause, asking(definition, clause, says)]))
  const own = Object.entries(definition.clauses).map(([id, { met }]): [string, Reach | Apart] => {
    const reach = met ?? spoken.get(id)
    return [id, reach === undefined ? aboutOthers : way(reach)]
  })
  const nowhere = `curl "${urlOf(definition)}/no-such-endpoint"`
  return { ...Object.fromEntries(own), [unknownPlace(definition).id]: way(nowhere) }
}

/** The request whose step says what the clause says; of whom, and with what, is for who knows the API. */
function asking(definition: AnyDefinition, clause: string, says: ReadonlyMap<string, Says>): string {
  const asked = Object.values(definition.operations)
  const one = asked.length === 1 ? asked[0] : undefined
  const { at } = asked.find(({ step }) => wordsOf(step).some((word) => says.get(word)?.clause === clause)) ?? one ?? {}
  if (at === undefined) return ''
  const [method = '', path = ''] = at.split(' ')
  return `curl${method === 'GET' ? '' : ` -X ${method}`} "${urlOf(definition)}${path.replaceAll(/\{(\w+)\}/g, '$$$1')}"`
}

function statesOf({ lockout, sessions }: AnyDefinition): Reaches {
  return {
    open: way('understudy user set "$WHO" open'),
    ...(lockout === undefined ? {} : { [lockout.word]: way(`understudy user set "$WHO" ${lockout.word}`) }),
    ...(sessions === undefined ? {} : { expired: way('understudy user set "$WHO" expired') }),
  }
}

/** Who tries may be locked by it; what is locked opens, by time or by somebody, and sessions end. */
function transitionsOf(definition: AnyDefinition): Reaches {
  const { lockout, sessions, operations } = definition
  const trying = Object.entries(operations).filter(([, { step }]) => /\battempt(?:Code)?\s*\(/.test(String(step)))
  const ends = sessions === undefined ? {} : { 'meanwhile: open → expired': way('understudy user set "$WHO" expired') }
  if (lockout === undefined) return ends
  const { word } = lockout
  return {
    ...Object.fromEntries(
      trying.map(([name]) => [
        `${name}: open → ${word}`,
        way(`understudy user set "$WHO" --failures ${lockout.after - 1}`),
      ]),
    ),
    [`meanwhile: ${word} → open`]: way('understudy user unblock "$WHO"'),
    ...ends,
  }
}

function statusesOf({ operations }: AnyDefinition, says: ReadonlyMap<string, Says>): Reaches {
  const all = Object.entries(operations).flatMap(([name, { step }]) =>
    wordsOf(step).flatMap((word): [string, string][] => {
      const { clause, said } = says.get(word) ?? {}
      const status = said === undefined ? undefined : statusOf(said)
      return clause === undefined || status === undefined ? [] : [[`${name} ${status}`, clause]]
    }),
  )
  const clausesFor = (status: string): string[] => all.flatMap(([id, clause]) => (id === status ? [clause] : []))
  return Object.fromEntries(all.map(([id]) => [id, along(...new Set(clausesFor(id)))]))
}

/** What a step says by its name, in the order of its text. One that says it in another way is not known to say it. */
function wordsOf(step: (asked: never) => unknown): readonly string[] {
  return [...new Set(Array.from(String(step).matchAll(/\bsay\s*\??\.\s*(\w+)/g), ([, word = '']) => word))]
}

/** The status of what is said; where that takes facts, of what it says of any. */
function statusOf(said: Says['said']): number | undefined {
  if (typeof said !== 'function') return said.status
  const call = said as (...facts: readonly unknown[]) => unknown
  for (const fact of ['', 0, {}, []]) {
    try {
      const { status } = call(...Array.from({ length: Math.max(said.length, 1) }, () => fact)) as { status?: unknown }
      if (typeof status === 'number') return status
    } catch {
      // It takes facts of another kind.
    }
  }
  return undefined
}

function urlOf({ id }: AnyDefinition): string {
  return `$UNDERSTUDY_${id.replaceAll('-', '_').toUpperCase()}_URL`
}
