import type { PactDocument, PactEntry } from './document.ts'

/** An interaction that is to be verified. */
export interface PactCheck {
  /** Unique within a run, and the same in the next. */
  readonly id: string
  readonly document: PactDocument
  readonly entry: PactEntry
  /** Its provider has yet to keep it: a failure is told, and is none. */
  readonly isPending: boolean
  readonly clauses: readonly string[]
}

/** All interactions of some pacts. Descriptions need not differ: those that are alike are told apart by their order. */
export function checksOf(api: string, documents: readonly PactDocument[]): PactCheck[] {
  const count = new Map<string, number>()
  return documents.flatMap((document) =>
    document.interactions.map((entry): PactCheck => {
      const name = `${api}.pact.${slug(document.consumer)}.${slug(entry.description)}`
      const place = (count.get(name) ?? 0) + 1
      count.set(name, place)
      const isPending = document.isPending === true || entry.data['pending'] === true
      const clause = /^[A-Z]{2}-\w+/.exec(entry.description)?.[0]
      const id = place === 1 ? name : `${name}-${place}`
      return { id, document, entry, isPending, clauses: clause === undefined ? [] : [clause] }
    }),
  )
}

/** The status that an interaction wants, or an example of it. */
export function statusOf({ data }: PactEntry): number {
  const { response } = data as { readonly response?: { readonly status?: number } }
  return response?.status ?? 200
}

function slug(text: string): string {
  const words = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return words.replaceAll(/^-|-$/g, '') || 'unnamed'
}
