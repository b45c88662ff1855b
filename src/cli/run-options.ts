import type { Option } from 'commander'
import { formats } from '../contract/telling/report/report.ts'
import { option } from './command.ts'

// Options of the commands that check servers: what is said once means the same in each.

/** Plays what is safe, where something is not. */
export function leaveOutUnsafeOption(): Option {
  return option('--leave-out-unsafe', 'leaves out what could lock an account, instead of refusing to start')
}

/** Where journeys of one's own are, beside those that the target names. */
export function journeysOption(): Option {
  return option(
    '--journeys <files>',
    "plays journeys of one's own too: a folder, a file or a glob; repeatable; the target's `journeys:` names some as well",
  ).argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value])
}

/** Whose wrong codes do not count any more. */
export function forgetOption(): Option {
  return option('--forget <username>', 'forgets the wrong codes an account was sent: somebody has cleared its count')
}

/** Which reports are written. */
export function reportOption(): Option {
  return option('--report <formats>', `writes reports: ${Object.keys(formats).join(',')}`)
}
