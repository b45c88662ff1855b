import type { Issue } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { quoted } from '../core/quoted.ts'
import type { AnyDefinition } from './any-definition.ts'
import { codeName } from './code-name.ts'
import { unknownMembers } from './unknown-members.ts'

const place = /^(?:(?:query|params|headers|body)\..+|text|basic)$/s

/** What is wrong with where the requests of an operation are said to tell users, passwords and codes. */
export function* tellsIssues(
  definition: AnyDefinition,
  { at, tells }: { readonly at: unknown; readonly tells?: unknown },
  path: readonly string[],
): Iterable<Issue> {
  if (tells === undefined) return
  if (!isJsonObject(tells))
    return yield {
      path,
      message: `${quoted(tells)} tells nothing; write { username: 'query.badge', code: 'query.code' }.`,
    }
  yield* unknownMembers(tells, tellable(definition), path)
  for (const [fact, where] of Object.entries<unknown>(tells)) {
    const on = [...path, fact]
    const param = /^params\.(.*)$/s.exec(String(where))?.[1]
    if (typeof where !== 'string' || !place.test(where))
      yield {
        path: on,
        message: `${quoted(where)} is no place in a request, such as query.badge, params.id, headers.x-user, body.username, text or basic.`,
      }
    else if (param !== undefined && !String(at).includes(`{${param}}`))
      yield { path: on, message: `${quoted(where)} is not in ${quoted(at)}: it leaves no {${param}} open.` }
  }
}

/** What requests may tell: who, and the password and code that users have. Only texts are compared with what is sent. */
function tellable(definition: AnyDefinition): string[] {
  const { user, secondFactor } = definition
  if (!isJsonObject(user)) return ['username']
  const isText = (name: string): boolean => Object.hasOwn(user, name) && user[name]?.kind === 'text'
  const code = codeName(definition)
  return [
    'username',
    ...(isText('password') ? ['password'] : []),
    ...(code !== undefined && (code === secondFactor?.called || isText(code)) ? [code] : []),
  ]
}
