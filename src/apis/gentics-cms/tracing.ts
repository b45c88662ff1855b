import type { Tracing } from '../../core/tracing.ts'
import { caller } from './facts.ts'
import { retell } from './retell.ts'
import type { Settings } from './settings.ts'
import { universe } from './universe.ts'

/** Gentics CMS, for coverage and for pacts from traffic. */
export const tracing: Tracing<Settings> = { universe, caller, retell }
