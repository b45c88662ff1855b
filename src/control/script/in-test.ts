import type { Json, JsonObject } from '../../core/json.ts'
import { formatDuration } from '../../core/duration.ts'
import { printable } from '../../core/printable.ts'
import { piecesOf, type AskStep, type ForceStep, type WorldScript, type Value } from './script.ts'

/** What the two kinds of test do each in their own way. */
interface Dialect {
  readonly imports: readonly string[]
  readonly choose: (scenario: string) => string
  readonly fixtures: string
  /** How requests are sent. */
  readonly ask: string
  readonly freeze: string
  readonly advance: (by: string) => string
  readonly force: (step: ForceStep) => string
  readonly code: (api: string, username: string) => string
}

const vitest: Dialect = {
  imports: [`import { test } from ${quote('auth-understudy/vitest')}`, `import { expect } from ${quote('vitest')}`],
  choose: (scenario) => `test.override({ scenario: ${scenario}, intercept: false })`,
  fixtures: '{ world, understudyFetch }',
  ask: "const ask = askBy(understudyFetch, 'http://understudy.test', {})",
  freeze: 'world.clock.freeze()',
  advance: (by) => `world.clock.advance(${by})`,
  force: forceHere,
  code: (api, username) => `await world.api(${quote(api)}).user(${quote(username)}).code()`,
}

const playwright: Dialect = {
  imports: [`import { expect, test } from ${quote('auth-understudy/playwright')}`],
  choose: (scenario) => `test.use({ scenario: ${scenario} })`,
  fixtures: '{ world }',
  ask: 'const ask = askBy(fetch, world.url, world.headers)',
  freeze: "await world.control.request('POST /clock/freeze')",
  advance: (by) => `await world.advance(${by})`,
  force: forceThere,
  code: (api, username) => `(await world.user(${quote(api)}, ${quote(username)})).code`,
}

/** A script as a test that forces the same and asks the same, and expects the same answers. */
export function inTest(script: WorldScript, kind: 'vitest' | 'playwright'): string {
  const dialect = kind === 'vitest' ? vitest : playwright
  const value = (index: number): string => valueOf(script.values[index] as Value, dialect)
  const used = new Set(script.values.flatMap((each) => (each.kind === 'code' ? [] : [each.of])))
  const lines = script.steps.flatMap((step) => {
    switch (step.do) {
      case 'wait':
        return ['', dialect.advance(quote(formatDuration(step.ms)))]
      case 'remark':
        return ['', comment(step.text)]
      case 'force':
        return ['', comment(step.what), dialect.force(step)]
      case 'ask':
        return ['', comment(`${step.id}: ${step.what}`), ...askLines(step, used.has(step.id), value)]
    }
  })
  const scenario = typeof script.scenario === 'string' ? quote(script.scenario) : jsData(script.scenario)
  return [
    ...dialect.imports,
    '',
    ...script.remarks.map(comment),
    dialect.choose(scenario),
    '',
    `test(${quote(`answers as world ${script.world} did`)}, async (${dialect.fixtures}) => {`,
    `  ${dialect.ask}`,
    '  // As time would pass while the test runs.',
    `  ${dialect.freeze}`,
    ...lines.map((line) => (line === '' ? '' : line.replaceAll(/^/gm, '  '))),
    '})',
    '',
    ...askBy,
    '',
  ].join('\n')
}

function askLines(step: AskStep, isKept: boolean, value: (index: number) => string): string[] {
  const text = (words: string): string => jsText(words, value)
  const headers = step.headers.map(([name, header]) => `${nameInCode(name)}: ${text(header)}`)
  const parts = [quote(step.method), text(step.path), headers.length === 0 ? '{}' : `{ ${headers.join(', ')} }`]
  if (typeof step.body === 'string') parts.push(text(step.body))
  else if (step.body !== undefined) parts.push(`Uint8Array.from([${step.body.join(', ')}])`)
  const { answer } = step
  const expected = quote(answer === undefined ? 'broken' : `${answer.status} ${answer.clause}`)
  const line = `await ask(${parts.join(', ')})`
  const call = line.length < 100 ? line : `await ask(\n${parts.map((part) => `  ${part},\n`).join('')})`
  return isKept
    ? [`const ${step.id} = ${call}`, `expect(${step.id}.answer).toBe(${expected})`]
    : [`expect((${call}).answer).toBe(${expected})`]
}

function valueOf(value: Value, { code }: Dialect): string {
  if (value.kind === 'code') return code(value.api, value.username)
  if (value.kind === 'cookie') return `${value.of}.cookie(${quote(value.name)})`
  return `${value.of}.member(${value.path.map(quote).join(', ')})`
}

/** What every such test asks by. */
const askBy = [
  '/** Sends requests as they were sent; tells status and clause of an answer, and what later requests take from it. */',
  'function askBy(send: typeof fetch, url: string, all: { readonly [name: string]: string }) {',
  '  return async (method: string, path: string, own: { [name: string]: string }, body?: string | Uint8Array<ArrayBuffer>) => {',
  '    // As bytes, since to a text fetch would add a type of its own.',
  "    const sent = body === undefined ? {} : { body: typeof body === 'string' ? new TextEncoder().encode(body) : body }",
  "    const init = { method, headers: { ...all, ...own }, ...sent, redirect: 'manual', credentials: 'omit' } as const",
  '    try {',
  '      const response = await send(url + path, init)',
  '      const text = await response.text()',
  '      return {',
  "        answer: `${response.status} ${response.headers.get('x-understudy-clause')}`,",
  '        cookie: (name: string) => {',
  '          const lines = response.headers.getSetCookie().filter((line) => line.startsWith(`${name}=`))',
  "          return lines.at(-1)?.slice(name.length + 1).split(';')[0] ?? ''",
  '        },',
  '        member: (...names: string[]) => {',
  '          let value: unknown = JSON.parse(text)',
  '          for (const name of names) value = (value as Record<string, unknown>)[name]',
  '          return String(value)',
  '        },',
  '      }',
  '    } catch {',
  "      return { answer: 'broken', cookie: () => '', member: () => '' }",
  '    }',
  '  }',
  '}',
]

function forceHere(step: ForceStep): string {
  const { route, params, body } = step
  const [api, username, id] = ['api', 'username', 'id'].map((name) => quote(params[name] ?? ''))
  switch (route) {
    case 'PUT /users/{api}/{username}':
      return `world.api(${api}).user(${username}).set(${jsData(body)})`
    case 'PATCH /apis/{api}':
      return `world.api(${api}).set(${jsData(body)})`
    case 'POST /clock/advance':
      return `world.clock.advance(${jsData(body['by'] ?? 0)})`
    case 'POST /clock/next':
      return 'world.clock.advanceToNext()'
    case 'POST /clock/set':
      return `world.clock.set(${jsData(body['at'] ?? 0)})`
    case 'POST /clock/skew':
      return `world.clock.skew(${jsData(body['by'] ?? 0)})`
    case 'POST /faults':
      return `world.faults.add(${jsData(body)})`
    case 'DELETE /faults':
      return 'world.faults.clear()'
    case 'DELETE /faults/{id}':
      return `world.faults.clear(${id})`
    default: {
      const { method, path, sent } = wireOf(step)
      const init = `{ method: ${quote(method)}, headers: { 'content-type': 'application/json' }, body: ${quote(sent)} }`
      return [
        `// Of what has no word of its own here the control API, which answers below /__understudy.`,
        `expect((await understudyFetch(${quote(`http://understudy.test${path}`)}, ${init})).status).toBe(200)`,
      ].join('\n')
    }
  }
}

function forceThere({ route, params, query, body }: ForceStep): string {
  const [api, username] = ['api', 'username'].map((name) => quote(params[name] ?? ''))
  if (route === 'PUT /users/{api}/{username}') return `await world.setUser(${api}, ${username}, ${jsData(body)})`
  if (route === 'PATCH /apis/{api}') return `await world.set(${api}, ${jsData(body)})`
  if (route === 'POST /clock/advance') return `await world.advance(${jsData(body['by'] ?? 0)})`
  if (route === 'POST /faults') return `await world.fault(${jsData(body)})`
  const asked = Object.entries({ params, query, body }).filter(([, value]) => Object.keys(value).length > 0)
  const rest = asked.length === 0 ? '' : `, ${jsData(Object.fromEntries(asked))}`
  return `await world.control.request(${quote(route)}${rest})`
}

/** A call of the control API as it goes over the wire. */
export function wireOf({ route, params, query, body }: ForceStep): { method: string; path: string; sent: string } {
  const [method = '', path = ''] = route.split(' ')
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
  return { method, path: `/__understudy${filled}${asked === '' ? '' : `?${asked}`}`, sent: JSON.stringify(body) }
}

/** On one line, whatever is told. */
function comment(text: string): string {
  return `// ${printable(text)}`
}

/** A text as JavaScript has it between single quotes. */
function quote(text: string): string {
  return `'${inCode(text).replaceAll("'", String.raw`\'`)}'`
}

function inCode(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (letter) => {
      return String.raw`\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
}

function jsText(text: string, value: (index: number) => string): string {
  const parts = piecesOf(text)
  const [only] = parts
  if (parts.length === 1 && typeof only === 'number') return value(only)
  if (parts.every((part) => typeof part === 'string')) return quote(text)
  const inner = parts.map((part) =>
    typeof part === 'number' ? `\${${value(part)}}` : inCode(part).replaceAll(/`|\$\{/g, String.raw`\$&`),
  )
  return `\`${inner.join('')}\``
}

/** Data as a literal, its names without quotes where they need none. */
function jsData(data: Json): string {
  if (typeof data === 'string') return quote(data)
  if (Array.isArray(data)) return `[${data.map((item: Json) => jsData(item)).join(', ')}]`
  if (typeof data !== 'object' || data === null) return JSON.stringify(data)
  const members = Object.entries(data as JsonObject).filter(([, value]) => value !== undefined)
  if (members.length === 0) return '{}'
  return `{ ${members.map(([name, value]) => `${nameInCode(name)}: ${jsData(value ?? null)}`).join(', ')} }`
}

function nameInCode(name: string): string {
  // Written plainly it would be the prototype.
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}
