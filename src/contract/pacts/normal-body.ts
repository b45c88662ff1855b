import { mediaType } from '../../core/http.ts'
import { isJsonObject, parseJson, type Json } from '../../core/json.ts'

/**
 * A body, however it is written. `any`: nothing is said of it. `empty`: there is to be none. `data`: JSON. `text`: all else,
 * of which bytes that are no text stay in Base64.
 */
export type NormalBody =
  | { readonly kind: 'any' | 'empty' }
  | { readonly kind: 'data' | 'text'; readonly content: Json; readonly type: string }

/**
 * Reads the body of a message. Up to version 3 it is the value itself, where null means none; in version 4 it stands in an
 * object with its type and encoding. `contentType` is what the message's header says.
 */
export function readPactBody(written: Json | undefined, version: number, contentType: string | undefined): NormalBody {
  if (written === undefined) return { kind: 'any' }
  if (written === null || written === '') return { kind: 'empty' }
  if (version < 4 || !isWrapped(written)) return toBody(written, mediaType(contentType))
  const { content, contentType: own, encoded } = written
  const type = mediaType(contentType ?? (typeof own === 'string' ? own : undefined))
  if (content === undefined || content === '') return { kind: 'empty' }
  if (typeof content !== 'string' || encoded === undefined || encoded === false) return toBody(content ?? null, type)
  if (String(encoded).toLowerCase() === 'base64') return toBody(decoded(content), type)
  if (String(encoded).toLowerCase() === 'json') return toBody(content, type || 'application/json')
  return { kind: 'text', content: written, type }
}

type Wrapped = { readonly content?: Json; readonly contentType?: Json; readonly encoded?: Json }

function isWrapped(written: Json): written is Wrapped {
  const names = ['content', 'contentType', 'encoded', 'contentTypeHint']
  return isJsonObject(written) && 'content' in written && Object.keys(written).every((name) => names.includes(name))
}

/** A text of JSON's type is the data that it spells; one that spells none is a text in JSON. */
function toBody(content: Json, type: string): NormalBody {
  if (typeof content !== 'string') return { kind: 'data', content, type: type || 'application/json' }
  if (content === '') return { kind: 'empty' }
  if (!/(\/|\+)json$/.test(type)) return { kind: 'text', content, type: type || 'text/plain' }
  const data = parseJson(content)
  return { kind: 'data', content: data === undefined ? content : data, type }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(base64: string): string {
  try {
    return utf8.decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)))
  } catch {
    return base64
  }
}
