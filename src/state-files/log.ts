import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { UnderstudyError } from '../core/errors.ts'
import { readJson, type Json } from '../core/json.ts'
import { isNestedDeeply } from '../core/nesting.ts'
import { disk as realDisk, fileIdentity, type Disk } from './disk.ts'
import { codeOf } from '../core/thrown.ts'

/** What a log holds as far as it is whole, and what is wrong with the rest. */
export interface LogReading {
  /** The entries, oldest first. */
  readonly entries: readonly Json[]
  /** The last line was never finished: whoever wrote it was stopped while doing so. */
  readonly unfinished: boolean
  /** The first line that is not what was written, counted from 1. */
  readonly damagedLine: number | undefined
}

/** Reads a log; undefined where there is no such file. */
export function readLog(path: string): LogReading | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  const entries: Json[] = []
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start)
    if (end < 0) return { entries, unfinished: true, damagedLine: undefined }
    const entry = parseLine(bytes.subarray(start, end))
    if (entry === undefined) return { entries, unfinished: false, damagedLine: entries.length + 1 }
    entries.push(entry)
    start = end + 1
  }
  return { entries, unfinished: false, damagedLine: undefined }
}

/** A line is the CRC-32 of its text in hexadecimal, a space, and the text. */
function toLine(entry: Json): Buffer {
  const text = Buffer.from(JSON.stringify(entry))
  return Buffer.concat([Buffer.from(`${checksum(text)} `), text, Buffer.from('\n')])
}

function parseLine(line: Buffer): Json | undefined {
  const text = line.subarray(9)
  if (line.toString('latin1', 0, 9) !== `${checksum(text)} `) return undefined
  const json = text.toString()
  if (isNestedDeeply(json)) return undefined
  try {
    return readJson(json)
  } catch {
    return undefined
  }
}

function checksum(text: Buffer): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/**
 * A file that entries are added to, one line each. What was added is on the disk before `add` is over, so it survives
 * the end of this process, however it comes, and of the machine. What could not be added is not there at all.
 */
export class StateLog {
  readonly #path: string
  readonly #disk: Disk
  #fd = -1
  /** Which file it is, wherever its name leads by now. */
  #file = ''
  #size = 0
  /** There may be half a line behind the last whole one, which could not be taken back. */
  #isTorn = false

  /**
   * Replaces the file, if there is one, in one move: there is always the old one or the new one, and always whole.
   * Throws ERR_STATE_FILE if it is no longer as `identify` saw it when it was read.
   */
  constructor(path: string, entries: readonly Json[], seen: string | undefined, disk: Disk = realDisk) {
    this.#path = path
    this.#disk = disk
    this.#replace(entries, seen)
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size
  }

  /** Adds an entry, or throws and leaves the file as it was. */
  add(entry: Json): void {
    if (this.#isTorn) this.#cut()
    this.#check(this.#identity)
    const line = toLine(entry)
    try {
      writeAll(this.#disk, this.#fd, line, this.#size)
      this.#disk.fdatasyncSync(this.#fd)
      // Nor may it have gone to a file that nobody finds any more.
      this.#check(`${this.#file}:${this.#size + line.length}`)
    } catch (error) {
      this.#isTorn = true
      try {
        this.#cut()
      } catch {
        // Before the next line is added it is tried again.
      }
      throw error
    }
    this.#size += line.length
  }

  /** Starts over with these entries, again in one move. Where it throws, the file goes on: the old one or the new one. */
  restart(entries: readonly Json[]): void {
    this.#replace(entries, this.#identity)
  }

  close(): void {
    this.#disk.closeSync(this.#fd)
  }

  get #identity(): string {
    return `${this.#file}:${this.#size}`
  }

  /** Half a line in the middle would damage everything after it. */
  #cut(): void {
    this.#disk.ftruncateSync(this.#fd, this.#size)
    this.#isTorn = false
  }

  #check(expected: string | undefined): void {
    const found = fileIdentity(this.#path, this.#disk)
    if (found === expected) return
    const what = whatBefell(expected, found)
    throw new UnderstudyError(
      'ERR_STATE_FILE',
      `${this.#path} ${what} by somebody else, and is left alone: put it back as it was, or start the server again.`,
    )
  }

  #replace(entries: readonly Json[], seen: string | undefined): void {
    const { openSync, fsyncSync, renameSync, closeSync, rmSync, fstatSync } = this.#disk
    const draft = `${this.#path}.new`
    rmSync(draft, { force: true })
    // It holds sessions and test passwords. Never through a link that somebody has put there.
    const fd = openSync(draft, 'wx', 0o600)
    let size = 0
    try {
      for (const entry of entries) {
        const line = toLine(entry)
        writeAll(this.#disk, fd, line, size)
        size += line.length
      }
      // Before the name changes, or a power failure could leave the new name with nothing behind it.
      fsyncSync(fd)
      this.#check(seen)
      renameSync(draft, this.#path)
    } catch (error) {
      closeSync(fd)
      // What is left of it would take the place that a full disk lacks.
      rmSync(draft, { force: true })
      throw error
    }
    if (this.#fd >= 0) closeSync(this.#fd)
    const { dev, ino } = fstatSync(fd, { bigint: true })
    this.#fd = fd
    this.#file = `${dev}:${ino}`
    this.#size = size
    this.#isTorn = false
    syncFolder(this.#disk, dirname(this.#path))
  }
}

function whatBefell(before: string | undefined, now: string | undefined): string {
  if (now === undefined) return 'was removed'
  const [old, other] = [before, now].map((identity) => identity?.replace(/:\d+$/, ''))
  return old === other ? 'was changed' : 'was replaced'
}

function writeAll({ writeSync }: Disk, fd: number, bytes: Buffer, position: number): void {
  let written = 0
  while (written < bytes.length) {
    written += writeSync(fd, bytes, written, bytes.length - written, position + written)
  }
}

function syncFolder({ openSync, fsyncSync, closeSync }: Disk, path: string): void {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    // Windows opens no folders, and needs none of this.
    return
  }
  fsyncSync(fd)
  closeSync(fd)
}
