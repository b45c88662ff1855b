import type { RequestView } from './views.ts'

/** Whether a status is one that is meant: `404`, or `4xx` for all that begin so. */
export function isStatus(wanted: string | number | undefined, status: number): boolean {
  if (wanted === undefined) return true
  const word = String(wanted)
  return word.toLowerCase().endsWith('xx') ? word[0] === String(status)[0] : word === String(status)
}

/** Whether what is told of a request has each of these words in it. */
export function hasWords(search: string | undefined, request: RequestView): boolean {
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { id, method, path, api, operation, user, status, outcome, clause, because, fault } = request
  const told = [id, method, path, `${api}.${operation}`, user, status, outcome, clause, because, fault]
  const all = told.join('\n').toLowerCase()
  return words.every((word) => all.includes(word))
}

/** What can be seen from one request alone, of what is asked of requests. */
export interface RequestWords {
  readonly operation?: string | undefined
  readonly user?: string | undefined
  readonly clause?: string | undefined
  readonly status?: string | number | undefined
  readonly outcome?: string | undefined
  readonly search?: string | undefined
}

/** Whether a request that is told of is one that is meant: for whoever is told of requests as they come. */
export function isMeant(request: RequestView, { operation = '*', ...wanted }: RequestWords): boolean {
  const outcome = request.refused === true ? 'refused' : 'accepted'
  return (
    ['*', `${request.api}.*`, `${request.api}.${request.operation}`].includes(operation) &&
    (wanted.user ?? request.user) === request.user &&
    (wanted.clause ?? request.clause) === request.clause &&
    (wanted.outcome ?? outcome) === outcome &&
    isStatus(wanted.status, request.status) &&
    hasWords(wanted.search, request)
  )
}
