// The types that descriptions tell. Nothing else says them: what is changed in fields is changed in its type.

/** Whether a member has to be there: it must, it may, or a default stands in for it. */
export type Presence = 'must' | 'may' | 'default'

type Tells<Some> = Some extends { readonly tells?: infer Told extends { readonly presence: Presence } } ? Told : never
type ReadBy<Some> = Tells<Some> extends { readonly read: infer Read } ? Read : never
type WrittenBy<Some> = Tells<Some> extends { readonly written: infer Spelt } ? Spelt : never
type Are<Members, Name extends keyof Members, Is extends Presence> = Tells<Members[Name]>['presence'] extends Is
  ? Name
  : never

// A type that is named after it keeps its name in messages, as it would not if this were an intersection.
type Flat<Shape> = { readonly [Name in keyof Shape]: Shape[Name] }

// Of fields that are not known here, none is known to be there: they read as a JsonObject.
type ReadMembers<Members> = {
  readonly [Name in keyof Members as Are<Members, Name, 'must' | 'default'>]: ReadBy<Members[Name]>
} & {
  readonly [Name in keyof Members as Exclude<Name, Are<Members, Name, 'must' | 'default'>>]?: ReadBy<Members[Name]>
}

type WrittenMembers<Members> = {
  readonly [Name in keyof Members as Are<Members, Name, 'must'>]: WrittenBy<Members[Name]>
} & {
  readonly [Name in keyof Members as Exclude<Name, Are<Members, Name, 'must'>>]?: WrittenBy<Members[Name]>
}

/** The type that fields describe, as programs read it. */
export type Infer<Members> = Flat<ReadMembers<Members>>

/** The same as people write it: a duration is `30m`, an instant a text, and what has a default may be left out. */
export type Written<Members> = Flat<WrittenMembers<Members>>

/** The type that one field describes, as programs read it. */
export type InferField<Some> = ReadBy<Some>

/** A value as a program writes it, which may count a duration in milliseconds. */
export type WrittenIn<Some> = WrittenBy<Some> | Extract<ReadBy<Some>, number>
