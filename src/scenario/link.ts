import { encodeUtf8 } from '../core/utf8.ts'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import { isNestedDeeply } from '../core/nesting.ts'

/** The name of the fragment that holds a world. */
const name = 'world'

/** More than any world that somebody shares; a link that unpacks to more is not unpacked further. */
const largest = 8_000_000

/** Whether a text is a link that holds a world. */
export function isLink(text: string): boolean {
  return text.includes(`#${name}=`)
}

/** A world as a URL fragment: JSON, compressed, in letters that need no escape. */
export async function toFragment(world: JsonObject): Promise<string> {
  const bytes = await pipe(encodeUtf8(JSON.stringify(world)), new CompressionStream('deflate-raw'))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return `#${name}=${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}

/** The world that a link or its fragment holds. Throws ERR_SNAPSHOT_INVALID for one that is cut off or altered. */
export async function fromLink(link: string): Promise<JsonObject> {
  const packed = link.slice(link.indexOf(`#${name}=`) + name.length + 2)
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
    const json = new TextDecoder().decode(await pipe(bytes, new DecompressionStream('deflate-raw')))
    const data: unknown = isNestedDeeply(json) ? undefined : JSON.parse(json)
    if (isJsonObject(data)) return data
  } catch {
    // Whatever it is, the sentence below tells it.
  }
  throw new UnderstudyError('ERR_SNAPSHOT_INVALID', 'The link holds no world; it may have been cut off on its way.')
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const part = read.value as Uint8Array
    size += part.length
    if (size > largest) {
      await reader.cancel()
      throw new RangeError('too large')
    }
    parts.push(part)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
