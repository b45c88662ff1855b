import type { Commit, Write } from '../shared-store.ts'
import { storeWide } from '../turn.ts'

/** How much is kept. */
export interface Retention {
  readonly journal: number
  readonly worlds: number
  /** Records of a world beside the scenario's: sessions, in the first place. */
  readonly grown: number
}

/** A commit as its script takes it. */
export function commitArgs(commit: Commit, limits: Retention): string[] {
  const { log, wipes, clears, reads, writes, snapshots, drops } = commit
  const flags = [
    ...(log === undefined ? ['look'] : []),
    ...(log?.of === 'requests' ? ['request'] : []),
    ...(wipes ? ['wipes'] : []),
    ...(clears ? ['clears'] : []),
  ]
  const args = [flags.join(' '), String(limits.journal), String(limits.worlds), String(limits.grown), log?.text ?? '']
  for (const ofStore of [false, true]) {
    const read = [...reads].filter(([key]) => key.startsWith(storeWide) === ofStore)
    args.push(String(read.length), ...read.flatMap(([key, version]) => [key, String(version)]))
  }
  args.push(String(writes.length))
  for (const write of writes) args.push(kindOf(write), write.key, write.text ?? '')
  args.push(String(snapshots.size))
  for (const [snapshot, text = ''] of snapshots) args.push(snapshot, text)
  args.push(String(drops.length), ...drops)
  return args
}

function kindOf({ text, grown }: Write): string {
  if (text === undefined) return grown ? 'gone' : 'deleted'
  return grown ? 'grown' : 'kept'
}
