import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { isMeant } from '../../src/world/request-words.ts'
import type { RequestView } from '../server/types.ts'
import { requestWords, soughtBy, userWords } from './place.ts'

/** Which users are asked for; a text, so that who watches it hears of changes only. */
export const userQuery: ReadonlySignal<string> = computed(() => JSON.stringify(soughtBy(userWords)))
/** Which requests are asked for, in the same way. */
export const requestQuery: ReadonlySignal<string> = computed(() => JSON.stringify(soughtBy(requestWords)))

export const isNarrowed: ReadonlySignal<boolean> = computed(() => requestQuery.value !== '{}')

/** Why what is looked for means nothing, in the server's words. */
export const wrongUsers: Signal<string | undefined> = signal(undefined)
export const wrongRequests: Signal<string | undefined> = signal(undefined)

/** Those that are asked for, as `GET /users` takes it; people with all of their users, unless only one API's are wanted. */
export function usersAsked(): { readonly [word in 'search' | 'state' | 'api']?: string } & {
  readonly people: boolean
} {
  const { find, ...others } = soughtBy(userWords)
  return { ...others, ...(find === undefined ? {} : { search: find }), people: others.api === undefined }
}

/** Those that are asked for, as `GET /requests` takes it. */
export function requestsAsked(): { readonly [word: string]: string } {
  const { match, ...others } = soughtBy(requestWords)
  return { ...others, ...(match === undefined ? {} : { search: match }) }
}

/** Whether a request that has just come is one of those; whatever the time is that they are asked from, it came after. */
export function isAsked(request: RequestView): boolean {
  return isMeant(request, requestsAsked())
}
