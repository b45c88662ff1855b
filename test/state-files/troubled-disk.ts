import * as fs from 'node:fs'
import type { Disk } from '../../src/state-files/disk.ts'

/** A file system that is full when a test wants it to be; a write may get half of its bytes through before. */
export class TroubledDisk implements Disk {
  failAlways = false
  /** Whether a call fails, by its name and first argument. */
  failOn: ((name: keyof Disk, target: unknown) => boolean) | undefined
  readonly closeSync = fs.closeSync
  readonly fstatSync = fs.fstatSync
  readonly rmSync = fs.rmSync
  readonly statSync = fs.statSync
  readonly fdatasyncSync = this.#troubled('fdatasyncSync')
  readonly fsyncSync = this.#troubled('fsyncSync')
  readonly ftruncateSync = this.#troubled('ftruncateSync')
  readonly openSync = this.#troubled('openSync')
  readonly renameSync = this.#troubled('renameSync')
  readonly writeSync = this.#troubled('writeSync', (fd, bytes, offset, length, position) => {
    fs.writeSync(fd, bytes, offset, Math.floor(length / 2), position)
  })

  /** Is full never, always, or from so many calls on. */
  fill(full: 'never' | 'always' | number): void {
    let calls = 0
    this.failAlways = full === 'always'
    // To make a file shorter takes no space; a disk that cannot even do that has other troubles.
    this.failOn = typeof full === 'number' ? (name) => name !== 'ftruncateSync' && ++calls >= full : undefined
  }

  #troubled<Name extends keyof Disk>(name: Name, half?: (...args: never[]) => void): Disk[Name] {
    const whole = fs[name] as (...args: unknown[]) => unknown
    const troubled = (...args: unknown[]): unknown => {
      const isWrite = name === 'writeSync' || name === 'openSync'
      if (!(this.failAlways && isWrite) && this.failOn?.(name, args[0]) !== true) return whole(...args)
      half?.(...(args as never[]))
      throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), { code: 'ENOSPC' })
    }
    return troubled as unknown as Disk[Name]
  }
}
