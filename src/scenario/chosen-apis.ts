import * as registry from '../apis/registry.ts'
import type { AnyApi } from '../core/api.ts'
import type { ApiChoice, ApiSet } from './written-scenario.ts'

/** What a choice of APIs comes to. */
export interface ChosenApis {
  /** All that a scenario may speak of, by the names of their handles. */
  readonly set: ApiSet
  /** The ids of those that play; left to the scenario if undefined. */
  readonly playing: readonly string[] | undefined
}

const ours: ApiSet = registry

/** The APIs of a choice. Throws ERR_API_INVALID for one that is none, or that another is in the way of. */
export async function chosenApis(choice: ApiChoice = ours): Promise<ChosenApis> {
  // `Array.isArray` does not see readonly lists.
  const isList = (some: ApiChoice): some is Extract<ApiChoice, readonly unknown[]> => Array.isArray(some)
  const entries = isList(choice) ? withOurs(choice) : Object.entries(choice)
  // Not loaded by who has none to check.
  if (!entries.every(([, api]) => isOurs(api))) (await import('./check-apis.ts')).checkApis(entries, isOurs)
  const playing = isList(choice) ? choice.map((item) => (typeof item === 'string' ? item : item.id)) : undefined
  return { set: Object.fromEntries(entries), playing }
}

/** Whether it is one of this package, as it is. */
export function isOurs(api: unknown): boolean {
  return Object.values(ours).some((own) => own === api)
}

/** The APIs of this package, and those of a list. */
function withOurs(list: readonly (string | AnyApi)[]): [name: string, AnyApi][] {
  const given = [...new Set(list)].filter((item): item is AnyApi => typeof item !== 'string' && !isOurs(item))
  return [...Object.entries(ours), ...given.map((api, index): [string, AnyApi] => [nameOf(api, index), api])]
}

/** The name of a handle. What is no API has none, and is told by its place. */
function nameOf(api: Partial<AnyApi> | null, index: number): string {
  const id = api?.id
  return typeof id === 'string' ? id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()) : `apis[${index}]`
}
