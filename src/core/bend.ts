import type { HttpRequest } from './http.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { Kind } from './kind.ts'
import { unroutedOf, type AnyMutant, type Bend, type Mutant } from './mutant.ts'
import type { Operation } from './route.ts'
import type { Change, Context, Outcome, Records, Reply, Step } from './step.ts'

// The words that mutants are made of.

/** Begins an API's mutants: what is common to their ids. */
export function mutantsOf<Settings>(
  api: string,
): (clause: string, name: string, title: string, bend: Bend<Settings>, under?: JsonObject) => Mutant<Settings> {
  return (clause, name, title, bend, under) => ({
    id: `${api}.${clause}.${name}`,
    clause,
    title,
    bend,
    ...(under === undefined ? {} : { under }),
  })
}

/** Another reply wherever one of these clauses is played. */
export function inReplies<Settings>(
  clauses: string | readonly string[],
  change: (reply: Reply, context: Context<Settings>) => Reply,
): Bend<Settings> {
  const bent = new Set(typeof clauses === 'string' ? [clauses] : clauses)
  return inSteps('all', (step, records, request, context) => {
    const outcome = step(records, request, context)
    return bent.has(outcome.reply.clause) ? { ...outcome, reply: change(outcome.reply, context) } : outcome
  })
}

/** Another answer, whoever gives it: an operation, the host product, or nobody, as none takes the request. */
export function inAnswers(changed: (reply: Reply) => Reply): AnyMutant['bend'] {
  return (api) => ({
    ...inSteps<unknown>('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      return { ...outcome, reply: changed(outcome.reply) }
    })(api),
    unknownPath: (path, settings) => changed(api.unknownPath(path, settings)),
    unrouted: (request, lost, settings, now) => {
      const reply = unroutedOf(api, request, lost, settings, now)
      return reply && changed(reply)
    },
    ...(api.elsewhere === undefined
      ? {}
      : {
          elsewhere: (records, request, context) => {
            const outcome = api.elsewhere?.(records, request, context)
            return outcome && { ...outcome, reply: changed(outcome.reply) }
          },
        }),
  })
}

/** Another step, which may play the honest one with what it likes. */
export function inSteps<Settings>(
  operations: 'all' | readonly string[],
  play: (step: Step<Settings>, records: Records, request: HttpRequest, context: Context<Settings>) => Outcome,
): Bend<Settings> {
  return (api) => ({
    ...api,
    operations: api.operations.map((operation) => {
      if (operations !== 'all' && !operations.includes(operation.id)) return operation
      const step: Step<Settings> = (records, request, context) => play(operation.step, records, request, context)
      return { ...operation, step }
    }),
  })
}

/** Other settings than the administrator's. */
export function inSettings<Settings>(
  patch: (settings: NoInfer<Settings>) => Partial<NoInfer<Settings>>,
  operations: 'all' | readonly string[] = 'all',
): Bend<Settings> {
  return inSteps(operations, (step, records, request, context) => {
    const settings = { ...context.settings, ...patch(context.settings) }
    return step(records, request, { ...context, settings })
  })
}

/** Other records than there are: every record that a step reads is shown like this. */
export function inRecords<Settings>(
  operations: 'all' | readonly string[],
  show: (key: string, record: Json | undefined, context: Context<Settings>) => Json | undefined,
): Bend<Settings> {
  return inSteps(operations, (step, records, request, context) => {
    const shown: Records = { get: (key) => show(key, records.get(key), context) }
    return step(shown, request, context)
  })
}

/** The same records, of which those of one kind are seen otherwise. */
export function seeing<Value>(records: Records, kind: Kind<Value>, show: (value: Value) => Value): Records {
  return {
    get: (key) => {
      const id = kind.idIn(key)
      const value = kind.get(records, id)
      return id === undefined || value === undefined ? records.get(key) : kind.put(id, show(value)).value
    },
  }
}

/** The same changes, of which those to records of one kind are made otherwise. */
export function changing<Value>(
  changes: readonly Change[],
  kind: Kind<Value>,
  to: (value: Value) => Value,
): readonly Change[] {
  return changes.map((change) => {
    const id = kind.idIn(change.key)
    return id === undefined || change.value === undefined ? change : kind.put(id, to(kind.of(change.value)))
  })
}

/** Other changes than the step decided, wherever one of these clauses is played. */
export function inChanges<Settings>(
  clauses: string | readonly string[],
  change: (outcome: Outcome, records: Records, context: Context<Settings>) => readonly Change[],
): Bend<Settings> {
  const bent = new Set(typeof clauses === 'string' ? [clauses] : clauses)
  return inSteps('all', (step, records, request, context) => {
    const outcome = step(records, request, context)
    if (!bent.has(outcome.reply.clause)) return outcome
    return { ...outcome, changes: change(outcome, records, context) }
  })
}

/** An operation that answers methods which others of its path do not. */
export function withOperation<Settings>(operation: Operation<Settings>): Bend<Settings> {
  return (api) => ({ ...api, operations: [...api.operations, operation] })
}

/** Another status. */
export function status(to: number): (reply: Reply) => Reply {
  return (reply) => ({ ...reply, status: to })
}

/** Another body, or one where none belongs. */
export function body(type: string, text: string): (reply: Reply) => Reply {
  return (reply) => ({ ...contentType(type)(reply), body: text })
}

/** Another content type; none where it is left out. */
export function contentType(type?: string): (reply: Reply) => Reply {
  return (reply) => {
    const bare = withoutHeader(reply, 'content-type')
    return type === undefined ? bare : { ...bare, headers: [...bare.headers, 'content-type', type] }
  }
}

/** Without the header of this name, which is lower case. */
export function withoutHeader(reply: Reply, name: string): Reply {
  const headers = reply.headers.filter((_, index, all) => all[index - (index % 2)]?.toLowerCase() !== name)
  return { ...reply, headers }
}

/** Another JSON body, where the body is a JSON object. */
export function json<Settings>(
  change: (data: JsonObject, context: Context<Settings>) => Json,
): (reply: Reply, context: Context<Settings>) => Reply {
  return (reply, context) => {
    const data = parse(reply.body)
    return isJsonObject(data) ? { ...reply, body: JSON.stringify(change(data, context)) } : reply
  }
}

function parse(text: Reply['body']): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** Without a member, by its dotted path. */
export function without(path: string): (data: JsonObject) => JsonObject {
  return member(path, () => undefined)
}

/** With another value of a member that is there, by its dotted path. */
export function member(path: string, value: (old: Json) => Json | undefined): (data: JsonObject) => JsonObject {
  const [name = '', ...rest] = path.split('.')
  return (data) => {
    const old = Object.hasOwn(data, name) ? data[name] : undefined
    if (old === undefined) return data
    if (rest.length === 0) return { ...data, [name]: value(old) }
    return isJsonObject(old) ? { ...data, [name]: member(rest.join('.'), value)(old) } : data
  }
}

/** With a member by another name, in its place. */
export function renamed(from: string, to: string): (data: JsonObject) => JsonObject {
  return (data) => Object.fromEntries(Object.entries(data).map(([name, value]) => [name === from ? to : name, value]))
}
