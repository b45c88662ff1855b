import { object, type AnyField } from '../../core/field.ts'
import { isJsonObject, type JsonObject } from '../../core/json.ts'
import { secretNames } from '../../core/secret-name.ts'
import type { CheckedApi } from './checked-api.ts'
import type { Proxies } from './proxies.ts'
import { everyAccount, targetField, type Target } from './target.ts'

/** Everything in a target that its description calls a secret, and facts that the API calls so. */
export function secretsOf(target: Target, { secrets, settings, kit }: CheckedApi, { http, https }: Proxies): string[] {
  const accounts = everyAccount(target).map(([, account]) => account)
  const names = new Set([...secrets.members, ...(kit.secretFacts ?? [])])
  return [
    ...secretsIn(targetField, target),
    ...accounts.flatMap(({ facts }) => textsNamed(names, facts)),
    ...secretsIn(object(settings, { about: 'settings' }), target.settings),
    ...passwordsIn([target.baseUrl, target.states.url, target.clock.url, http, https]),
    // A password that is a username is none.
  ].filter((secret) => !accounts.some(({ username }) => username === secret))
}

/** What provider states have given, where its name calls it a secret. */
export function secretsGiven(values: JsonObject, { secrets }: CheckedApi): string[] {
  const secrecyOf = secretNames(secrets.members)
  const texts = Object.entries(values).map(([name, value]) => [secrecyOf(name) === 'open', String(value)] as const)
  const open = new Set(texts.flatMap(([isOpen, text]) => (isOpen ? [text] : [])))
  return texts.flatMap(([isOpen, text]) => (isOpen || open.has(text) ? [] : [text]))
}

function secretsIn(field: AnyField, value: unknown): string[] {
  if (field.secret === true && typeof value === 'string') return [value]
  if (field.kind === 'map' && isJsonObject(value))
    return Object.values(value).flatMap((member) => secretsIn(field.item, member))
  if (field.kind === 'list' && Array.isArray(value)) return value.flatMap((item) => secretsIn(field.item, item))
  if (field.kind === 'object' && isJsonObject(value))
    return Object.entries(field.fields).flatMap(([name, member]) => secretsIn(member, value[name]))
  return []
}

function textsNamed(names: ReadonlySet<string>, data: JsonObject): string[] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (isJsonObject(value)) return textsNamed(names, value)
    return names.has(name) && value !== null && value !== undefined ? [String(value)] : []
  })
}

function passwordsIn(urls: readonly (string | undefined)[]): string[] {
  return urls.flatMap((url) => {
    const { username = '', password = '' } = url !== undefined && URL.canParse(url) ? new URL(url) : {}
    return [username, password, decode(username), decode(password)].filter((part) => part !== '')
  })
}

/** As it is, where it is no percent-encoding. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
