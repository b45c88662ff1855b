import { toYaml } from './to-yaml.ts'
import type { Snapshot } from '../world/snapshot.ts'

/** A shared world as the file that `understudy serve` plays, by the command line that its first lines tell. */
export async function shareFile(
  world: Snapshot,
  line = 'understudy serve ./repro.yaml',
  codes = false,
): Promise<string> {
  return [
    '# A world of auth-understudy, from the moment it was shared. Passwords, PINs, tokens and session ids are made up' +
      (codes ? ', but for those of users who sent its requests.' : '.'),
    `# To play it: ${line}`,
    await toYaml(world, { lineWidth: 120 }),
  ].join('\n')
}
