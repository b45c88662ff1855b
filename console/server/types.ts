import type { ControlAnswer } from '../../src/control/client.ts'

// What the control API answers, by the names that this page has for it.

export type { Json, JsonObject } from '../../src/core/json.ts'

export type State = ControlAnswer<'GET /state'>
export type ClockView = ControlAnswer<'GET /clock'>
/** What time alone will bring next. */
export type NextView = NonNullable<ControlAnswer<'GET /clock/next'>['next']>

/** What is scheduled. */
export type ScheduledView = ControlAnswer<'GET /schedule'>['events'][number]

/** An API with its settings and what can be set. */
export type ApiView = ControlAnswer<'GET /apis'>['apis'][number]
/** Values that can be set, by name. */
export type Fields = ApiView['fields']['settings']
export type FieldView = Fields[string]

/** Users, and how many there are in all. */
export type Users = ControlAnswer<'GET /users'>
/** A user, with what one signs in with. */
export type User = Users['users'][number]

export type RequestView = ControlAnswer<'GET /requests'>['requests'][number]
export type ExchangeView = ControlAnswer<'GET /requests/{id}'>
export type MessageView = ExchangeView['request']
export type WhyView = ControlAnswer<'GET /requests/{id}/why'>
export type LintView = ControlAnswer<'GET /lints'>['lints'][number]
export type ChangeView = ControlAnswer<'GET /changes'>['changes'][number]
/** A user, with what it did and met. */
export type Sequence = ControlAnswer<'GET /users/{api}/{username}/sequence'>
export type SequenceStep = Sequence['steps'][number]
export type SequenceRequest = Extract<SequenceStep, { kind: 'request' }>

export type Shared = ControlAnswer<'POST /share/read'>
export type SnapshotLine = ControlAnswer<'GET /snapshots'>['snapshots'][number]
export type WorldLine = ControlAnswer<'GET /worlds'>['worlds'][number]
export type Situation = ControlAnswer<'GET /pact/states'>['states'][number]
