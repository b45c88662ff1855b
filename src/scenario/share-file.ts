import type { Snapshot } from '../world/snapshot.ts'

/** A shared world as the file that `understudy serve` plays. */
export async function shareFile(world: Snapshot): Promise<string> {
  const { stringify } = await import('yaml')
  return [
    '# A world of auth-understudy, from the moment it was shared. Passwords, PINs, tokens and session ids are made up.',
    '# To play it: understudy serve repro.yaml',
    stringify(world, { lineWidth: 120 }),
  ].join('\n')
}
