/** What a role is called as an actor, so that `{{secondFactorUsername}}` can be named. */
export function actorOf(role: string): string {
  return role.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
