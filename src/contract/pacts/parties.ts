import { UnderstudyError } from '../../core/errors.ts'
import type { PactDocument } from './document.ts'

/** The pacts of two parties, before and now; none where there were none. */
export interface PartiesPacts {
  readonly old: readonly PactDocument[]
  readonly now: readonly PactDocument[]
}

/**
 * Puts together which pacts are to be compared: those of the same consumer and provider, and one with one whatever the
 * consumer is called. Throws ERR_USAGE where these two have different providers, and where a pact has mistakes.
 */
export function byParties(old: readonly PactDocument[], now: readonly PactDocument[]): readonly PartiesPacts[] {
  refuseMistakes([...old, ...now])
  const [before, after] = [old[0], now[0]]
  if (old.length === 1 && now.length === 1 && before !== undefined && after !== undefined) {
    if (before.provider === after.provider) return [{ old, now }]
    const message = `${before.where} is a pact with ${before.provider}, and ${after.where} one with ${after.provider}: nothing of them can be compared.`
    throw new UnderstudyError('ERR_USAGE', message)
  }
  const keyOf = ({ consumer, provider }: PactDocument): string => JSON.stringify([consumer, provider])
  const keys = [...new Set([...now, ...old].map(keyOf))]
  return keys.map((key) => {
    const ofBoth = (documents: readonly PactDocument[]): PactDocument[] => documents.filter((each) => keyOf(each) === key)
    return { old: ofBoth(old), now: ofBoth(now) }
  })
}

/** What cannot be read cannot be compared either. */
function refuseMistakes(documents: readonly PactDocument[]): void {
  const mistakes = documents.flatMap(({ where, interactions }) =>
    interactions.flatMap((entry) => entry.mistakes.map((mistake) => `${where}: ${mistake}.`)),
  )
  if (mistakes.length > 0) throw new UnderstudyError('ERR_USAGE', [...new Set(mistakes)])
}
