import type { AnyDefinition } from './any-definition.ts'

/** What the code of a user is called; undefined for an API whose users have none. */
export function codeName({
  user,
  secondFactor,
}: Pick<AnyDefinition, 'user' | 'secondFactor'>): 'pin' | 'code' | undefined {
  return secondFactor?.called ?? (['pin', 'code'] as const).find((name) => Object.hasOwn(user, name))
}
