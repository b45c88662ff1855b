import type { AnyApi } from '../../core/api.ts'
import { UnderstudyError } from '../../core/errors.ts'
import type { Interaction } from '../../core/interaction.ts'
import { asObject, byName, type JsonObject } from '../../core/json.ts'
import type { TraceLine } from '../../world/trace.ts'
import type { World } from '../../world/world.ts'
import { describeAll, type DescribedInteraction } from './describe.ts'
import { guessesBehind, type Guess } from './guess.ts'
import { toPactInteraction } from './pact-message.ts'
import { rehearse } from './rehearse.ts'

/** A consumer's pact with one API, and what of the traffic is not in it. */
export interface WrittenPact {
  readonly api: string
  readonly pact: JsonObject
  readonly interactions: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** Interactions that only this mock is known to keep. */
  readonly guessed: readonly Guessed[]
}

/** An interaction whose answer rests on what nobody but this project says. */
export interface Guessed {
  readonly interaction: string
  readonly guesses: readonly Guess[]
}

/** An exchange that a pact cannot hold, and why. */
export interface LeftOut {
  readonly what: string
  readonly because: string
}

/** Who has a pact with whom. */
export interface Parties {
  readonly consumer: string
  readonly provider: string
}

/** By this a pact of ours is told from one that somebody wrote. */
export const origin = { 'auth-understudy': { from: 'traffic' } }

/**
 * The traffic with one API as a pact of version 3: each exchange once, whoever it was about, in the state in which they
 * were. What is in it was played again from its provider states; `stage` makes a world for that, with the API there.
 */
export async function writePact(
  api: AnyApi,
  lines: readonly TraceLine[],
  { consumer, provider }: Parties,
  stage: (mount: string) => Promise<World>,
): Promise<WrittenPact> {
  const kept: DescribedInteraction[] = []
  const guesses = new Map<Interaction, readonly Guess[]>()
  const leftOut: LeftOut[] = []
  for (const { clause, mount, interaction, line } of distinct(lines.filter((each) => each.api === api.id))) {
    if ('untold' in interaction) {
      leftOut.push({ what: `${clause} ${line.method} ${line.path}`, because: interaction.untold })
      continue
    }
    const world = await stage(mount)
    const reason = await tryOut(world, clause, interaction)
    if (reason === undefined) {
      kept.push({ clause, interaction })
      guesses.set(interaction, guessesBehind(api, clause, world.api(api.id).settings))
    } else leftOut.push({ what: `${clause} ${interaction.title}`, because: reason })
  }
  const described = describeAll(kept)
  const pact = {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: described.map(({ description, interaction }) => toPactInteraction(description, interaction)),
    metadata: { pactSpecification: { version: '3.0.0' }, ...origin },
  }
  const key = ({ what, because }: LeftOut): string => `${what}: ${because}`
  const left = new Map(leftOut.map((each) => [key(each), each]))
  return {
    api: api.id,
    pact: asObject(byName(pact)),
    interactions: described.map(({ description }) => description),
    guessed: described.flatMap(({ description, interaction }) => {
      const behind = guesses.get(interaction) ?? []
      return behind.length === 0 ? [] : [{ interaction: description, guesses: behind }]
    }),
    leftOut: [...left].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each),
  }
}

interface Distinct {
  readonly clause: string
  readonly mount: string
  readonly interaction: NonNullable<TraceLine['interaction']>
  readonly line: TraceLine
}

/** Each interaction once, in an order that does not depend on who came first. */
function distinct(lines: readonly TraceLine[]): readonly Distinct[] {
  const all = new Map<string, Distinct>()
  for (const line of lines) {
    const { clause, interaction, mount = '' } = line
    if (interaction === undefined) continue
    const what = 'untold' in interaction ? `${line.method} ${line.path}` : ''
    const key = JSON.stringify([clause, mount, what, byName(interaction)])
    if (!all.has(key)) all.set(key, { clause, mount, interaction, line })
  }
  return [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each)
}

/** Traces may come from elsewhere: what this understudy cannot arrange is no failure of its own. */
async function tryOut(world: World, clause: string, interaction: Interaction): Promise<string | undefined> {
  try {
    return await rehearse(world, clause, interaction)
  } catch (error) {
    if (error instanceof UnderstudyError) return error.message
    throw error
  }
}
