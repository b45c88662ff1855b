import type { Json } from '../core/json.ts'
import { isJsonObject } from '../core/json.ts'
import { maskTokens, masked } from '../world/mask.ts'
import type { Difference } from './difference.ts'
import type { CheckFinding } from './findings.ts'
import type { LoadedTarget } from './target.ts'

/** A finding that tells nothing that a target file, or an answer, holds as a secret. */
export function redact(finding: CheckFinding, { api, secrets }: LoadedTarget): CheckFinding {
  const members = new Set(api.secrets.members.map((name) => name.toLowerCase()))
  const isToken = api.secrets.isToken?.bind(api.secrets)
  const clean = (text: string): string => {
    const plain = secrets.reduce((left, secret) => left.replaceAll(secret, masked), text)
    return isToken === undefined ? plain : maskTokens(plain, isToken)
  }
  const withoutMembers = (difference: Difference): Difference => {
    const member = /([\w?]+)(\[\d+\])?$/.exec(difference.where)?.[1]?.toLowerCase() ?? ''
    return members.has(member)
      ? { ...difference, expected: kindOf(difference.expected), received: kindOf(difference.received) }
      : difference
  }
  const failures = finding.failures.map((failure) => ({
    ...failure,
    differences: failure.differences.map(withoutMembers),
  }))
  return mapTexts({ ...finding, failures }, clean) as unknown as CheckFinding
}

/** What can be told of a value that is a secret. */
function kindOf(shown: string): string {
  return /^["'[{\d]/.test(shown) ? masked : shown
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, change))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, mapTexts(member, change)]])),
  )
}
