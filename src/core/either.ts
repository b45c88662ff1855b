import { choice, type About, type Field, type FieldMap } from './field.ts'
import type { Infer } from './infer.ts'

/** An object that has one of several forms; a member tells which. */
export type Either<By extends string, Forms> = {
  readonly [Word in keyof Forms]: { readonly [Name in By]: Word } & Infer<Forms[Word]>
}[keyof Forms]

/** An object of one of several forms, by what the member `by` says. The forms do not list that member. */
export function either<By extends string, Forms extends { readonly [word: string]: FieldMap }>(
  by: By,
  forms: Forms,
  notes: About,
): Field<Either<By, Forms>, Either<By, Forms>, 'must'> {
  const whole = Object.entries(forms).map(([word, fields]) => [
    word,
    { [by]: choice([word], { about: 'which form it has' }), ...fields },
  ])
  return { kind: 'either', by, forms: Object.fromEntries(whole), ...notes }
}
