import type { AnyField, Field } from '../core/field.ts'
import type { Infer, Presence } from '../core/infer.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Maker } from './maker.ts'

/**
 * Where a fact of a user stands: what a scenario may say, what can be changed while the world runs, what is recorded,
 * what a provider state takes, and what is shown of a user. `?`: it may be left out there.
 */
export type FactRole = 'scenario' | 'scenario?' | 'change' | 'record' | 'record?' | 'param' | 'param?' | 'shown'

/** The places that have a field for a fact. */
type Place = 'scenario' | 'change' | 'record' | 'param'

/** What is said of a fact beside its fields. */
interface Notes<Written> {
  /** What a user gets of whom nothing is said. */
  readonly made?: Json | ((maker: Maker) => Json | undefined)
  /** What of that is told to people, in words: `six digits by seed`. */
  readonly blank?: string
  /** What is recorded of what was written, where that is not the same. */
  readonly kept?: (written: Written, maker: Maker) => Json
  /** What a provider state takes where nothing is said. */
  readonly given?: Written
}

/** The same, of whatever was written. */
type AnyNotes = Omit<Notes<never>, 'given'> & { readonly given?: unknown }

/** One fact of a user: a field for each place in which it stands. */
export type UserFact = { readonly [Where in Place]?: AnyField | undefined } & {
  readonly roles: readonly FactRole[]
  readonly notes: AnyNotes
}

type ReadBy<Some> = [Some] extends [Field<infer Read>] ? Read : never
type In<Roles, Where extends string, Must, May> = Where extends Roles
  ? Must
  : `${Where}?` extends Roles
    ? May
    : undefined

/** A fact whose fields are one and the same, wherever it stands. */
export type SameFact<Read, Spelt, Is extends Presence, Roles> = FactIn<{
  readonly scenario: In<Roles, 'scenario', Field<Read, Spelt, Is>, Field<Read, Spelt, 'may'>>
  readonly change: In<Roles, 'change', Field<Read, Spelt, 'must'>, undefined>
  readonly record: In<Roles, 'record', Field<Read, Spelt, 'must'>, Field<Read, Spelt, 'may'>>
  readonly param: In<Roles, 'param', Field<Read, Spelt, 'default'>, Field<Read, Spelt, 'may'>>
}>

/** A fact that one field describes wherever it stands. */
export function fact<Read, Spelt, Is extends Presence, const Roles extends FactRole>(
  field: Field<Read, Spelt, Is>,
  roles: readonly Roles[],
  notes: Notes<Read> = {},
): SameFact<Read, Spelt, Is, Roles> {
  const has = (role: FactRole): boolean => (roles as readonly FactRole[]).includes(role)
  const { default: _default, optional: _optional, ...must } = field
  const may = { ...must, optional: true }
  const told = notes.blank === undefined ? '' : `; ${notes.blank} if blank`
  const inScenario = has('scenario') ? field : has('scenario?') ? may : undefined
  return {
    scenario: inScenario === undefined ? undefined : { ...inScenario, about: field.about + told },
    change: has('change') ? must : undefined,
    record: has('record') ? must : has('record?') ? may : undefined,
    param: has('param') ? { ...must, default: notes.given } : has('param?') ? may : undefined,
    roles,
    notes,
  } as unknown as SameFact<Read, Spelt, Is, Roles>
}

/** A fact that each place describes in words of its own. */
export type FactIn<Fields> = Fields & { readonly roles: readonly FactRole[]; readonly notes: AnyNotes }

export function factIn<const Fields extends { readonly [Where in Place]?: AnyField }, Written = never>(
  fields: Fields,
  notes: Notes<Written> & { readonly shown?: true } = {},
): FactIn<Fields> {
  return { ...fields, roles: notes.shown === true ? ['shown'] : [], notes }
}

/** The fields that the facts of a table have in a place. */
export type FieldsIn<Table, Where extends Place> = {
  readonly [
    Name in keyof Table as Table[Name] extends { readonly [_ in Where]: AnyField } ? Name : never
  ]: Table[Name] extends { readonly [_ in Where]: infer Some } ? Some : never
}

type Given<Fields> = {
  readonly [Name in keyof Fields as Fields[Name] extends Field<Json, unknown, 'default'> ? Name : never]: ReadBy<
    Fields[Name]
  >
}

/** Everything that follows from what is said of users once. */
export interface FactTable<Table> {
  readonly scenario: FieldsIn<Table, 'scenario'>
  readonly change: FieldsIn<Table, 'change'>
  readonly record: FieldsIn<Table, 'record'>
  readonly param: FieldsIn<Table, 'param'>
  /** What provider states take where nothing is said. */
  readonly given: Given<FieldsIn<Table, 'param'>>
  /** The names of what nobody may see. */
  readonly secrets: readonly string[]
  /** The record of a user: what was said, and what stands in for what was not. */
  readonly make: (maker: Maker) => Infer<FieldsIn<Table, 'record'>>
  /** The facts among a change that are recorded as they stand. */
  readonly kept: (change: Partial<Infer<FieldsIn<Table, 'change'>>>) => Partial<Infer<FieldsIn<Table, 'record'>>>
  /** What is shown of a user beside the state. */
  readonly shown: (user: Infer<FieldsIn<Table, 'record'>>) => JsonObject
}

/** Reads a table of facts. Throws for one that is recorded and that nobody has to say or makes up. */
export function factTable<const Table extends { readonly [name: string]: UserFact }>(table: Table): FactTable<Table> {
  const facts: readonly (readonly [string, UserFact])[] = Object.entries(table)
  const fieldsIn = (place: Place): { readonly [name: string]: AnyField } =>
    Object.fromEntries(
      facts.flatMap(([name, each]) => {
        const field = each[place]
        return field === undefined ? [] : [[name, field]]
      }),
    )
  const recorded = facts.filter(([, { record }]) => record !== undefined)
  for (const [name, { record, scenario, notes }] of recorded) {
    const isSaid = scenario !== undefined && scenario.optional !== true
    if (record?.optional === true || isSaid || notes.made !== undefined) continue
    throw new Error(`The fact ${name} is recorded of every user, but nobody has to say it: give it a \`made\`.`)
  }
  const valueOf = ({ notes: { kept, made } }: UserFact, written: Json | undefined, maker: Maker): Json | undefined => {
    if (written !== undefined) return kept === undefined ? written : kept(written as never, maker)
    return typeof made === 'function' ? made(maker) : made
  }
  const asItStands = new Set(recorded.flatMap(([name, { roles }]) => (roles.includes('change') ? [name] : [])))
  const shown = facts.flatMap(([name, { roles }]) => (roles.includes('shown') ? [name] : []))
  return {
    scenario: fieldsIn('scenario'),
    change: fieldsIn('change'),
    record: fieldsIn('record'),
    param: fieldsIn('param'),
    given: withoutGaps(Object.entries(fieldsIn('param')).map(([name, field]) => [name, field.default] as const)),
    secrets: [...new Set(facts.flatMap(([name, { record, scenario }]) => secretsIn(name, record ?? scenario)))],
    make: (maker: Maker) =>
      withoutGaps(recorded.map(([name, each]) => [name, valueOf(each, maker.spec[name], maker)] as const)),
    kept: (change: JsonObject) => withoutGaps(Object.entries(change).filter(([name]) => asItStands.has(name))),
    shown: (user: JsonObject) => withoutGaps(shown.map((name) => [name, user[name]] as const)),
  } as unknown as FactTable<Table>
}

function withoutGaps(members: readonly (readonly [string, Json | undefined])[]): JsonObject {
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

function secretsIn(name: string, field: AnyField | undefined): string[] {
  if (field?.kind === 'object') {
    return Object.entries(field.fields).flatMap(([member, inner]) => secretsIn(member, inner))
  }
  return field?.secret === true ? [name] : []
}

/** Some of the fields of a table. */
export function only<Fields, const Name extends keyof Fields>(
  fields: Fields,
  names: readonly Name[],
): Pick<Fields, Name> {
  return Object.fromEntries(names.map((name) => [name, fields[name]])) as unknown as Pick<Fields, Name>
}
