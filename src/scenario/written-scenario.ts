import type { AnyApi } from '../core/api.ts'
import type { InferField, Written } from '../core/infer.ts'
import type { scheduledFields } from '../world/scheduled.ts'
import type { WrittenFault } from '../world/written-fault.ts'
import type { clockFields } from './clock-fields.ts'
import type { factFields } from './identities.ts'
import type * as registry from '../apis/registry.ts'
import type { ScenarioData } from './scenario.ts'
import type { ShippedName } from './shipped.ts'

/** APIs by the name their handles have on a world. */
export type ApiSet = { readonly [name: string]: AnyApi }

/** Operations of some APIs as faults name them: `secure-login.auth`, `secure-login.*` or `*`. */
export type OperationName<Apis extends ApiSet> = '*' | { [Name in keyof Apis]: NameIn<Apis[Name]> }[keyof Apis]

type NameIn<Some extends AnyApi> = `${Some['id']}.${Some['operations'][number]['id'] | '*'}`

/** States that users of some APIs can be in. */
export type StateName<Apis extends ApiSet> = { [Name in keyof Apis]: StateIn<Apis[Name]> }[keyof Apis]

type StateIn<Some extends AnyApi> = Some['userChange'] extends { readonly state: infer State }
  ? Extract<InferField<State>, string>
  : string

/** The name of a shipped scenario, the path of a file, or a link. */
export type ScenarioName = ShippedName | `${string}.${string}` | `${string}/${string}`

/** A name as it is written, so that a misspelt one does not compile. What is only known to be a text may be one. */
export type NameAsWritten<Name extends string> = string extends Name
  ? Name
  : Name extends ScenarioName
    ? Name
    : ScenarioName

/**
 * Which APIs there are for a world: a set; or a list of those that play, of this package by their ids, and others as they
 * are.
 */
export type ApiChoice = ApiSet | readonly (Registered['id'] | AnyApi)[]

type Registry = typeof registry
type Registered = Registry[keyof Registry]

/** The set that is chosen. */
export type ChosenOf<Choice extends ApiChoice> = Choice extends readonly (infer Item)[]
  ? {
      readonly [Name in keyof Registry as Registry[Name]['id'] extends Item ? Name : never]: Registry[Name]
    } & { readonly [Some in Extract<Item, AnyApi> as HandleOf<Some['id']>]: Some }
  : Choice extends ApiSet
    ? Choice
    : never

/** The name that the handle of an API has on a world: its id in camel case. What is only known to be a text has none. */
type HandleOf<Id extends string> = string extends Id
  ? never
  : Id extends `${infer Head}-${infer Tail}`
    ? `${Head}${Capitalize<HandleOf<Tail>>}`
    : Id

/**
 * A scenario as somebody writes it: settings and users by API, people, faults, clock.
 *
 * @since 0.1.0
 */
export type Scenario<Apis extends ApiSet = typeof registry> = string extends Apis[keyof Apis]['id']
  ? ScenarioData
  : Frame<Apis> & Sections<Apis>

type Frame<Apis extends ApiSet> = {
  readonly $schema?: string
  readonly description?: string
  /** A shipped scenario, or a file, that this one starts from. */
  readonly extends?: ScenarioName | (string & {})
  readonly seed?: number
  /** Which APIs play; all if left out. */
  readonly apis?: readonly Apis[keyof Apis]['id'][]
  readonly clock?: Written<typeof clockFields>
  readonly faults?: readonly WrittenFault<OperationName<Apis>>[]
  /** What happens by itself, at times of the clock. */
  readonly schedule?: readonly Written<typeof scheduledFields>[]
  /** People with an identity in several APIs, by username. */
  readonly people?: { readonly [username: string]: Written<typeof factFields> & Identities<Apis> }
}

type Sections<Apis extends ApiSet> = {
  readonly [Some in Apis[keyof Apis] as Some['id']]?: Written<Some['section']>
}

type Identities<Apis extends ApiSet> = {
  readonly [Some in Apis[keyof Apis] as Some['id']]?: Partial<Written<Some['identity']['fields']>>
}
