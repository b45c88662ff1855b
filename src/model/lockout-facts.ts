import { duration, flag, integer, moment, type Field, type Moment } from '../core/field.ts'
import { factIn, type FactIn } from './fact.ts'

/** The facts that a lockout adds to users. */
export interface LockoutFacts {
  readonly failures: FactIn<{
    readonly scenario: Field<number, number, 'default'>
    readonly change: Field<number, number, 'must'>
    readonly record: Field<number, number, 'must'>
    readonly param: Field<number, number, 'may'>
  }>
  readonly for: FactIn<{
    readonly scenario: Field<number, string, 'may'>
    readonly change: Field<number, string, 'must'>
    readonly param: Field<number, string, 'may'>
  }>
  readonly until: FactIn<{
    readonly scenario: Field<Moment, string, 'may'>
    readonly change: Field<Moment, string, 'must'>
    readonly param: Field<Moment, string, 'may'>
  }>
  readonly unblock: FactIn<{ readonly change: Field<boolean, boolean, 'must'> }>
}

/** Describes what a lockout adds to users, in the words of an API: wrong PINs, a block, and the settings of both. */
export function lockoutFacts(words: {
  readonly counts: string
  readonly noun: string
  readonly after: string
  readonly for: string
}): LockoutFacts {
  const counted = { about: `${words.counts} counted so far`, min: 0 }
  const lasts = { about: `how long a ${words.noun} lasts; ${words.for} if blank`, min: 1 }
  const ends = { about: `when a ${words.noun} ends, instead of \`for\`` }
  const optional = { optional: true } as const
  return {
    failures: factIn(
      {
        scenario: integer({ ...counted, default: 0 }),
        change: integer({ ...counted, about: `${counted.about}; below ${words.after}` }),
        record: integer({ about: words.counts, min: 0 }),
        param: integer({ ...counted, ...optional }),
      },
      { made: 0 },
    ),
    for: factIn({
      scenario: duration({ ...lasts, ...optional }),
      change: duration(lasts),
      param: duration({ ...lasts, ...optional }),
    }),
    until: factIn({
      scenario: moment({ ...ends, ...optional }),
      change: moment(ends),
      param: moment({ ...ends, ...optional }),
    }),
    unblock: factIn({ change: flag({ about: `ends a ${words.noun} and clears the failures` }) }),
  }
}
