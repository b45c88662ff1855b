import {
  contentType,
  inReplies,
  inSettings,
  inSteps,
  json,
  member,
  mutantsOf,
  renamed,
  status,
  without,
} from '../../../core/bend.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Settings } from '../settings.ts'

const mutant = mutantsOf<Settings>('gentics-cms')
const observed = { dialect: 'observed' }
/** Operations that answer JSON with messages and responseInfo. */
const told = ['login', 'loginwithrsa', 'validate', 'logout', 'hashpassword', 'matchpassword', 'globalprefix']
const posts = ['login', 'loginwithrsa', 'logout', 'hashpassword', 'matchpassword']

/** The JSON of some operations, told otherwise. */
function telling(operations: readonly string[], change: (data: JsonObject) => Json): Bend<Settings> {
  return inSteps(operations, (step, records, request, context) => {
    const outcome = step(records, request, context)
    const isJson = outcome.reply.status < 300
    return isJson ? { ...outcome, reply: json<Settings>(change)(outcome.reply, context) } : outcome
  })
}

/** Every user in an answer, told otherwise. */
function tellingUser(change: (user: JsonObject) => Json): Bend<Settings> {
  return telling(
    [...told, 'me'],
    member('user', (user) => (isJsonObject(user) ? change(user) : user)),
  )
}

/** Answers of one code with a status of their own. */
function statusOf(code: string, to: number): Bend<Settings> {
  return inSteps(told, (step, records, request, context) => {
    const outcome = step(records, request, context)
    const says = typeof outcome.reply.body === 'string' && outcome.reply.body.includes(`"responseCode":"${code}"`)
    return says ? { ...outcome, reply: { ...outcome.reply, status: to } } : outcome
  })
}

/** What every POST answers where it should answer something else. */
function postsAnswer(instead: number, by: number): Bend<Settings> {
  return inSteps(posts, (step, records, request, context) => {
    const outcome = step(records, request, context)
    return outcome.reply.status === instead ? { ...outcome, reply: status(by)(outcome.reply) } : outcome
  })
}

function message(change: (message: JsonObject) => Json): Bend<Settings> {
  return telling(
    told,
    member('messages', (messages) => (messages as readonly JsonObject[]).map(change)),
  )
}

const code = 'responseInfo.responseCode'

/** What goes wrong with the form of any answer. */
export const answerMutants: readonly Mutant<Settings>[] = [
  mutant('GC-09', 'ok', 'POST answers 200, as in the other dialect', postsAnswer(201, 200)),
  mutant('GC-O1', 'created', 'POST answers 201, as in the other dialect', postsAnswer(200, 201), observed),
  mutant(
    'GC-09',
    'get-created',
    'GET answers 201 as well',
    inReplies(['GC-01', 'GC-19', 'GC-22', 'GC-23'], status(201)),
  ),

  mutant('GC-X21', 'snake-case', 'firstName is called first_name', tellingUser(renamed('firstName', 'first_name'))),
  mutant('GC-X21', 'no-groups', 'a user has no groups', tellingUser(without('groups'))),
  mutant(
    'GC-10',
    'group-names',
    'groups are their names',
    tellingUser(member('groups', (groups) => (groups as readonly JsonObject[]).map((group) => group['name'] ?? null))),
  ),
  mutant(
    'GC-10',
    'no-children',
    'groups have no children',
    tellingUser(member('groups', (groups) => (groups as readonly JsonObject[]).map(without('children')))),
  ),
  mutant('GC-10', 'id-text', 'the id of a user is a text', tellingUser(member('id', String))),
  mutant('GC-10', 'null', 'a description is null', tellingUser(member('description', () => null))),
  mutant('GC-X21', 'username', 'login is called username', tellingUser(renamed('login', 'username'))),
  mutant(
    'GC-U4',
    'password',
    'users come with their passwords',
    inSettings(() => ({ exposePasswords: true })),
  ),

  mutant(
    'GC-11',
    'lower-case',
    'the type of a message is in lower case',
    message(member('type', (type) => String(type).toLowerCase())),
  ),
  mutant(
    'GC-11',
    'text',
    'a message is a text',
    message((each) => each['message'] ?? null),
  ),
  mutant(
    'GC-11',
    'instant',
    'the timestamp of a message is a text',
    message(member('timestamp', () => '2026-01-15T09:00:00Z')),
  ),
  mutant(
    'GC-11',
    'sender',
    'the sender of a message is a name',
    message(member('sender', (sender) => (sender as JsonObject)['login'] ?? null)),
  ),
  mutant('GC-11', 'no-id', 'a message has no id', message(without('id'))),

  mutant(
    'GC-12',
    'lower-case',
    'responseCode is in lower case',
    telling(
      told,
      member(code, (old) => String(old).toLowerCase()),
    ),
  ),
  mutant(
    'GC-12',
    'number',
    'responseCode is a number',
    telling(
      told,
      member(code, (old) => (old === 'OK' ? 0 : 1)),
    ),
  ),
  mutant('GC-12', 'no-words', 'there is no responseMessage', telling(told, without('responseInfo.responseMessage'))),
  mutant(
    'GC-12',
    'flat',
    'responseCode stands outside responseInfo',
    telling(told, ({ responseInfo, ...rest }) => ({ ...rest, ...(responseInfo as JsonObject) })),
  ),
  mutant(
    'GC-12',
    'snake-case',
    'responseInfo is called response_info',
    telling(told, renamed('responseInfo', 'response_info')),
  ),
  mutant('GC-U5', 'no-messages', 'messages are left out where there are none', telling(told, withoutEmpty)),
  mutant('GC-U5', 'null', 'messages are null where there are none', telling(told, member('messages', orNull))),
  mutant(
    'GC-U5',
    'property',
    'property is null where there is none',
    telling(
      told,
      member('responseInfo', (info) => ({ ...(info as JsonObject), property: null })),
    ),
  ),
  mutant('GC-13', 'not-found', 'NOTFOUND comes with 404', statusOf('NOTFOUND', 404)),
  mutant('GC-13', 'unauthorized', 'NOTFOUND comes with 401', statusOf('NOTFOUND', 401)),
  mutant('GC-13', 'invalid', 'INVALIDDATA comes with 400', statusOf('INVALIDDATA', 400)),
  mutant('GC-13', 'failure', 'FAILURE comes with 500', statusOf('FAILURE', 500)),

  mutant('GC-08', 'bare', 'the global prefix is a bare text', inReplies('GC-22', contentType('text/plain'))),
  mutant(
    'GC-22',
    'five',
    'the global prefix has five characters',
    inReplies('GC-22', json(member('responseInfo.responseMessage', (old) => `${String(old)}0`))),
  ),
  mutant(
    'GC-22',
    'member',
    'the global prefix is a member of its own',
    inReplies(
      'GC-22',
      json(({ responseInfo, ...rest }) => ({ prefix: 'A547', ...rest, responseInfo: withWords(responseInfo) })),
    ),
  ),
  mutant(
    'GC-22',
    'private',
    'the global prefix is not for everybody',
    inReplies('GC-22', json(member(code, () => 'PERMISSION'))),
  ),
]

function withoutEmpty(data: JsonObject): JsonObject {
  return orNull(data['messages'] ?? null) === null ? without('messages')(data) : data
}

function orNull(messages: Json): Json {
  return Array.isArray(messages) && messages.length === 0 ? null : messages
}

function withWords(info: Json | undefined): Json {
  return { ...(info as JsonObject), responseMessage: 'Here is the global prefix.' }
}
