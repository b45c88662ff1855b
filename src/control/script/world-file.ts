import { toYaml } from '../../scenario/to-yaml.ts'
import type { World } from '../../world/world.ts'

/** The world as it is now, as a file that `understudy serve` plays: with the test users' secrets, sessions too. */
export async function worldFile(world: World): Promise<string> {
  return [
    `# World ${world.name} as it was. It holds the passwords of test users, and sessions; \`understudy share\` makes one without.`,
    await toYaml(world.snapshot(), { lineWidth: 120 }),
  ].join('\n')
}
