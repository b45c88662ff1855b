import type { Api, Identity } from '../core/api.ts'
import type { AnyField, Field, FieldMap } from '../core/field.ts'
import type { Infer, Written } from '../core/infer.ts'
import type { CodeSettings } from '../core/second-factor.ts'
import type { FieldsIn } from '../model/fact.ts'
import type { TotpFact } from '../model/factor.ts'
import type { LockoutFacts } from '../model/lockout-facts.ts'
import type { Own, Where } from './own.ts'

/** An API of one's own, typed by its definition. */
export type OwnApi<Some extends Own> = Api<OwnParts<Some>>

// An interface, so that editors show a name instead of everything that is in it.
interface OwnParts<Some extends Own> {
  readonly id: Some['id']
  readonly operations: readonly { readonly id: Some['operation'] }[]
  readonly section: OwnSection<Some>
  readonly settings: OwnSettings<Some>
  readonly userChange: OwnChange<Some>
  readonly identity: Identity<OwnSpec<Some>>
}

type Flat<Fields> = { readonly [Name in keyof Fields]: Extract<Fields[Name], AnyField> }
type Default<Read, Spelt = Read> = Field<Read, Spelt, 'default'>

/** Its settings: its own, and those of its parts. */
export type OwnSettings<Some extends Own> = Flat<
  Some['settings'] & { readonly path: Default<string> } & Where<
      Some['locked'],
      { readonly lockAfter: Default<number>; readonly lockFor: Default<number | null, string | null> }
    > &
    Where<Some['code'], { readonly [Name in keyof CodeSettings]: Default<CodeSettings[Name]> }> &
    Where<Some['carrier'], { readonly sessionFor: Default<number, string> }>
>

/** A user as scenarios write one. */
export type OwnSpec<Some extends Own> = Flat<
  Some['user'] &
    Where<Some['locked'], { readonly state: Default<'open' | Some['locked']> } & FieldsIn<LockoutFacts, 'scenario'>> &
    Where<Some['code'], { readonly [Name in Some['code']]: Field<string, string, 'may'> } & TotpIn<'scenario'>>
>

/** What can be done to a user while the world runs. */
export type OwnChange<Some extends Own> = Flat<
  Some['user'] &
    Where<
      Some['locked'],
      { readonly [Name in Some['locked']]: Field<boolean, boolean, 'must'> } & FieldsIn<LockoutFacts, 'change'>
    > &
    Where<Some['code'], { readonly [Name in Some['code']]: Field<string, string, 'must'> } & TotpIn<'change'>> &
    Where<Some['locked'] | Some['carrier'], { readonly state: Field<StateOf<Some>, StateOf<Some>, 'must'> }>
>

/** The states that can be forced on a user. */
type StateOf<Some extends Own> = 'open' | Some['locked'] | ([Some['carrier']] extends [never] ? never : 'expired')

type TotpIn<Place extends 'scenario' | 'change'> = { readonly totp: Extract<TotpFact[Place], AnyField> }

/** The `<id>` part of a scenario. */
export type OwnSection<Some extends Own> = OwnSettings<Some> & {
  readonly users: Field<
    { readonly [username: string]: Infer<OwnSpec<Some>> },
    { readonly [username: string]: Written<OwnSpec<Some>> },
    'default'
  >
  readonly crowd: Default<number>
} & FieldMap
