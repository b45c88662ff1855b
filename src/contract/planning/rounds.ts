import type { Journey } from '../../core/journey.ts'
import type { Kit } from '../../core/kit.ts'

/** Each race once for each round; from the second on, its id tells which. */
export function racesOf({ races = [] }: Kit, rounds: number): readonly Journey[] {
  return Array.from({ length: rounds }, (_, at) => at + 1).flatMap((round) =>
    races.map((race) => (round === 1 ? race : { ...race, id: `${race.id}.${round}` })),
  )
}

/** Which round of a race an id is of; none, if it is of no race. */
export function roundOf(id: string): number {
  const [, round] = /\.race\.[\w-]+?(?:\.(\d{1,2}))?$/.exec(id) ?? []
  return id.includes('.race.') ? Number(round ?? 1) : 0
}
