import { closeSync, lstatSync, openSync, readSync, readlinkSync, realpathSync, statSync, statfsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { stateKind } from './entry.ts'

/** How every state file begins. */
const beginning = new RegExp(`^[0-9a-f]{8} \\{"kind":"${stateKind}"`)

/**
 * File systems that several machines may share, by the number that Linux gives them (linux/magic.h). What one machine
 * holds there the others cannot see.
 */
const shared: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x01021997, '9P'],
])

/** The file that a path leads to, links followed, whether it is there yet or not. */
export function followLinks(path: string): string {
  const folder = realpathSync(dirname(path))
  const file = join(folder, basename(path))
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true
  return isLink ? followLinks(resolve(folder, readlinkSync(file))) : file
}

/** Throws ERR_STATE_FILE for a place where no state can be kept, or where something else is: that is left alone. */
export function checkPlace(path: string, shown: string, typeOf: (folder: string) => number = typeOfDisk): void {
  const disk = shared.get(typeOf(dirname(path)))
  if (disk !== undefined) {
    throw new UnderstudyError(
      'ERR_STATE_FILE',
      `${shown} is on a disk that other machines may use as well (${disk}), and could not be kept from them. Name a file on a disk of this machine.`,
    )
  }
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return
  if (!stat.isFile()) {
    throw new UnderstudyError('ERR_STATE_FILE', `${shown} is no file. Name one that is not there yet.`)
  }
  if (stat.size > 0 && !beginning.test(readStart(path))) {
    throw new UnderstudyError(
      'ERR_STATE_FILE',
      `${shown} is no state file: it does not begin as one, and is left alone. Name another, or delete it if nobody needs it.`,
    )
  }
}

function typeOfDisk(folder: string): number {
  return process.platform === 'linux' ? statfsSync(folder).type >>> 0 : 0
}

function readStart(path: string): string {
  const bytes = Buffer.alloc(64)
  const fd = openSync(path, 'r')
  try {
    return bytes.toString('latin1', 0, readSync(fd, bytes))
  } finally {
    closeSync(fd)
  }
}
