import * as zlib from 'node:zlib'
import { messageOf } from '../../core/thrown.ts'

type Decoder = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array

/** Node has zstd from 22.15 on. */
const { zstdDecompressSync } = zlib as { readonly zstdDecompressSync?: Decoder }

const decoders: { readonly [coding: string]: Decoder | undefined } = {
  identity: (bytes) => bytes,
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  // By the standard it has zlib's wrapping. Some servers send it bare, and browsers read both.
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options),
  ...(zstdDecompressSync === undefined ? {} : { zstd: zstdDecompressSync }),
}

/** A body with its codings undone. Throws where it is not coded as it says, or longer than `maxLength` bytes. */
export function decodedBody(bytes: Uint8Array, codings: readonly string[], maxLength: number): Uint8Array {
  let plain = bytes
  const named = codings.flatMap((line) => line.split(',')).map((coding) => coding.trim().toLowerCase())
  for (const coding of named.filter((name) => name !== '').toReversed()) {
    const decode = decoders[coding]
    if (decode === undefined) throw new Error(`its body is coded in "${coding}", which this Node cannot undo`)
    try {
      // What answers without a body say of it means nothing.
      if (plain.length > 0) plain = decode(plain, { maxOutputLength: maxLength })
    } catch (error) {
      throw new Error(`its body is not in ${coding}, as it says: ${messageOf(error)}`, { cause: error })
    }
  }
  return plain
}
