import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Json } from '../../core/json.ts'
import { isNestedDeeply } from '../../core/nesting.ts'

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
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
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
    return JSON.parse(json) as Json
  } catch {
    return undefined
  }
}

function checksum(text: Buffer): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/**
 * A file that entries are added to, one line each. What was added is with the system before `add` is over, so it
 * survives the end of this process however it comes.
 */
export class StateLog {
  readonly #path: string
  #fd: number
  #size: number

  /** Replaces the file, if there is one, in one move: there is always the old one or the new one, and always whole. */
  constructor(path: string, entries: readonly Json[]) {
    this.#path = path
    const { fd, size } = replace(path, entries)
    this.#fd = fd
    this.#size = size
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size
  }

  add(entry: Json): void {
    const line = toLine(entry)
    try {
      writeAll(this.#fd, line, this.#size)
    } catch (error) {
      // Half a line in the middle would damage everything after it.
      ftruncateSync(this.#fd, this.#size)
      throw error
    }
    this.#size += line.length
  }

  /** Starts over with these entries, again in one move. */
  restart(entries: readonly Json[]): void {
    const { fd, size } = replace(this.#path, entries)
    closeSync(this.#fd)
    this.#fd = fd
    this.#size = size
  }

  close(): void {
    fsyncSync(this.#fd)
    closeSync(this.#fd)
  }
}

function replace(path: string, entries: readonly Json[]): { fd: number; size: number } {
  const draft = `${path}.new`
  // It holds sessions and test passwords.
  const fd = openSync(draft, 'w', 0o600)
  try {
    let size = 0
    for (const entry of entries) {
      const line = toLine(entry)
      writeAll(fd, line, size)
      size += line.length
    }
    // Before the name changes, or a power failure could leave the new name with nothing behind it.
    fsyncSync(fd)
    renameSync(draft, path)
    syncFolder(dirname(path))
    return { fd, size }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function writeAll(fd: number, bytes: Buffer, position: number): void {
  let written = 0
  while (written < bytes.length) {
    written += writeSync(fd, bytes, written, bytes.length - written, position + written)
  }
}

function syncFolder(path: string): void {
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
