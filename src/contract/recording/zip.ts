import { inflateRawSync } from 'node:zlib'

/** The files of a zip archive, by name; each is unpacked when it is read. Throws RangeError for what is none. */
export function readZip(bytes: Buffer): ReadonlyMap<string, () => Buffer> {
  // The directory stands at the end, before a comment of at most 64 kB.
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) throw new RangeError('it has no directory')
  const files = new Map<string, () => Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new RangeError('its directory is broken')
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const start = bytes.readUInt32LE(at + 42)
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), () => unpack(bytes, start, size, method))
    at += 46 + name + extra + comment
  }
  return files
}

/** Nobody's traffic has a part that is larger. */
const mostUnpacked = 200_000_000

function unpack(bytes: Buffer, start: number, size: number, method: number): Buffer {
  const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
  const packed = bytes.subarray(from, from + size)
  return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: mostUnpacked })
}
