import type { Journey } from '../../core/journey.ts'
import type { Account, Kit } from '../../core/kit.ts'

/** Accounts made up for the actors of a journey, where there is no target whose accounts could play them. */
export function trialCast({ trial, roles }: Kit, { cast }: Pick<Journey, 'cast'>): Map<string, Account> {
  return new Map(
    Object.entries(cast).map(([actor, role]) => {
      const names = Object.keys(roles[role]?.facts ?? {})
      const facts = Object.fromEntries(names.map((name) => [name, trial.facts[name]]))
      return [actor, { role, username: actor, pin: trial.pin, facts }]
    }),
  )
}
