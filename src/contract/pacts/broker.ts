import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import { linkOf, type BrokerClient, type Document } from './broker-client.ts'
import { readPact, type PactDocument } from './document.ts'

/** Which pacts of a broker are wanted. */
export interface BrokerSelection {
  /** What the provider is called there. */
  readonly provider: string
  /** Consumer version selectors, as Pact has them. */
  readonly selectors: readonly JsonObject[]
  /** The branch that is verified: by it the broker knows what is pending. */
  readonly providerBranch?: string
  /** A day since when pacts that nobody has asked for are wanted as well, as pending. */
  readonly wipSince?: string
}

/** What is deployed, and what is next: the selectors that Pact recommends. */
export const usualSelectors: readonly JsonObject[] = [{ mainBranch: true }, { deployedOrReleased: true }]

/**
 * The pacts at an address: of a broker those that are wanted, each asked for once; or the one pact that is there. Throws
 * ERR_USAGE where there are none, or something else.
 */
export async function pactsAt(url: string, client: BrokerClient, selection: BrokerSelection): Promise<PactDocument[]> {
  const found = await client.get(url)
  if (Array.isArray(found.data['interactions'])) return [readPact(found.text, found.url)]
  const { provider } = selection
  const link =
    linkOf(found, 'pb:provider-pacts-for-verification', { provider }) ??
    linkOf(found, 'beta:provider-pacts-for-verification', { provider })
  if (link === undefined)
    throw new UnderstudyError('ERR_USAGE', `${found.url} is neither a pact nor a broker that tells pacts for verification.`)
  const wanted = await client.send('POST', link, wantedBy(selection), {
    404: `The broker at ${found.url} knows no provider "${provider}"; --provider says what it is called there.`,
  })
  const offers = offersIn(wanted)
  if (offers.length === 0)
    throw new UnderstudyError(
      'ERR_USAGE',
      `The broker at ${found.url} has no pact with ${provider} for these selectors: ${JSON.stringify(selection.selectors)}.`,
    )
  const documents: PactDocument[] = []
  for (const { href, isPending } of offers) {
    const { text, url: where } = await client.get(href)
    documents.push({ ...readPact(text, where), isPending })
  }
  return documents
}

function wantedBy({ selectors, providerBranch, wipSince }: BrokerSelection): JsonObject {
  return {
    consumerVersionSelectors: selectors,
    includePendingStatus: providerBranch !== undefined,
    ...(providerBranch === undefined ? {} : { providerVersionBranch: providerBranch }),
    ...(wipSince === undefined ? {} : { includeWipPactsSince: wipSince }),
  }
}

interface Offer {
  readonly href: string
  readonly isPending: boolean
}

/** Several selectors may mean the same pact. */
function offersIn({ url, data }: Document): readonly Offer[] {
  const embedded = data['_embedded']
  const pacts = isJsonObject(embedded) && Array.isArray(embedded['pacts']) ? (embedded['pacts'] as Json[]) : []
  const offers = pacts.filter(isJsonObject).flatMap((pact): Offer[] => {
    const href = linkOf({ url, data: pact }, 'self')
    const properties = pact['verificationProperties']
    const isPending = isJsonObject(properties) && properties['pending'] === true
    return href === undefined ? [] : [{ href, isPending }]
  })
  return [...new Map(offers.map((offer) => [offer.href, offer])).values()]
}
