import { isJsonObject, type JsonObject } from '../../core/json.ts'
import { version as ownVersion } from '../../core/version.ts'
import type { CheckFinding } from '../telling/findings.ts'
import { linkOf, type BrokerClient } from './broker-client.ts'
import type { PactDocument } from './document.ts'
import type { PactCheck } from './pact-check.ts'

/** As what results are published. */
export interface Publication {
  readonly provider: string
  readonly version: string
  readonly branch?: string
  readonly buildUrl?: string
}

/** Tells a broker what became of its pacts. Gives back how many were told. */
export async function publishResults(
  client: BrokerClient,
  broker: string,
  checks: readonly PactCheck[],
  findings: readonly CheckFinding[],
  publication: Publication,
): Promise<number> {
  const { provider, version, branch } = publication
  if (branch !== undefined) {
    const index = await client.get(broker)
    const link = linkOf(index, 'pb:pacticipant-branch-version', { pacticipant: provider, branch, version })
    if (link !== undefined) await client.send('PUT', link, {})
  }
  const outcomes = new Map(findings.map(({ id, outcome }) => [id, outcome]))
  let count = 0
  for (const document of new Set(checks.map((check) => check.document))) {
    const link = linkOf({ url: document.where, data: document.data }, 'pb:publish-verification-results')
    if (link === undefined) continue
    const own = checks.filter((check) => check.document === document)
    await client.send('POST', link, resultOf(own, outcomes, publication))
    count++
  }
  return count
}

function resultOf(
  checks: readonly PactCheck[],
  outcomes: ReadonlyMap<string, CheckFinding['outcome']>,
  { version, buildUrl }: Publication,
): JsonObject {
  // A failure that is accepted, or of what is pending, is a failure to the consumer.
  const isKept = ({ id }: PactCheck): boolean => outcomes.get(id) === 'passed'
  const testResults = checks.map((check): JsonObject => {
    const { _id: interactionId } = check.entry.data
    return {
      ...(typeof interactionId === 'string' ? { interactionId } : {}),
      interactionDescription: check.entry.description,
      success: isKept(check),
    }
  })
  return {
    success: checks.every(isKept),
    providerApplicationVersion: version,
    ...(buildUrl === undefined ? {} : { buildUrl }),
    verifiedBy: { implementation: 'auth-understudy', version: ownVersion },
    testResults,
  }
}

/** Whether a pact is one of a broker that wants to be told of it. */
export function isPublishable({ data }: PactDocument): boolean {
  const links = data['_links']
  return isJsonObject(links) && links['pb:publish-verification-results'] !== undefined
}
