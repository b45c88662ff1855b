import type { Json } from '../core/json.ts'

/** The changes of a world since its start: a record, or null for one that was deleted. */
export type Changes = { readonly [key: string]: Json }
