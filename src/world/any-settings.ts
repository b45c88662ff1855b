import type { Json } from '../core/json.ts'

/** Settings of any API, as far as the world itself looks at them. */
export type AnySettings = { readonly trustProxy?: boolean; readonly [name: string]: Json | undefined }
