import type { ArrangeStep, SendStep } from '../../core/journey.ts'
import type { Waits } from './waits.ts'

/** A request that can be sent at any place of a sequence. */
export interface Word {
  readonly key: string
  readonly request: Pick<SendStep, 'method' | 'path' | 'headers' | 'body' | 'capture'>
  /** Whether it tries a code or a password that is right, or wrong. */
  readonly tries?: 'right' | 'wrong'
  /** How often the journeys of the kit say it: what they often say is what the API is about. */
  readonly said: number
  /** It is another word that was spoilt: without a member, as another type. */
  readonly isSpoilt: boolean
  /** How often journeys say it in a session; the others say it in none. */
  readonly inSession: number
  /** The values that it names in braces. */
  readonly names: readonly string[]
}

/** A provider state that can be arranged at any place, and the one that takes it back. */
export interface StateWord {
  readonly step: ArrangeStep
  readonly back: ArrangeStep
  readonly names: readonly string[]
}

/** All that sequences are made of. */
export interface Vocabulary {
  readonly words: readonly Word[]
  readonly states: readonly StateWord[]
  /** For how long one can wait: to just before, and just after, each instant at which something ends. */
  readonly waits: readonly Waits[]
}

/** The names of values in a text. */
export function namesIn(...texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text = '') => [...text.matchAll(/\{([A-Za-z]\w*)\}/g)].map(([, name]) => name as string))
}

/** A request as a word. */
export function toWord(
  request: Word['request'],
  { said = 0, isSpoilt = false, inSession = said, tries }: Partial<Omit<Word, 'key' | 'request' | 'names'>> = {},
): Word {
  const { method, path, headers, body, capture } = request
  const plain = {
    method,
    path,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(capture === undefined ? {} : { capture }),
  }
  return {
    key: JSON.stringify([method, path, headers ?? {}, body ?? null, capture ?? {}]),
    request: plain,
    said,
    isSpoilt,
    inSession,
    names: [...new Set(namesIn(path, body, ...Object.values(headers ?? {})))],
    ...(tries === undefined ? {} : { tries }),
  }
}
