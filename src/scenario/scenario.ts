import type { AnyApi } from '../core/api.ts'
import { check, readable } from '../core/check.ts'
import { isSkew, isTellable } from '../core/clock.ts'
import { formatIssue, issuesBelow, unusable, type Issue, type UnderstudyError } from '../core/errors.ts'
import { choice, integer, list, object, text, type Field, type FieldMap } from '../core/field.ts'
import type { Infer } from '../core/infer.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import type { Setup } from '../world/setup.ts'
import { faultField } from '../world/fault-field.ts'
import { scheduledField } from '../world/scheduled.ts'
import { crowdIssues, faultIssues } from '../world/fault-issues.ts'
import { clockFields } from './clock-fields.ts'
import { inPeople, peopleField, sectionOf, spreadPeople } from './identities.ts'
import { pathClashes } from './path-clashes.ts'
import { scheduleClashes } from './schedule-clashes.ts'

/** A scenario as it is read: of APIs that the compiler need not know. */
export type ScenarioData = { readonly [member: string]: unknown }

/** What members are called that only hold anchors. */
export const aside = /^x-/

const frameFields = {
  $schema: text({ about: 'where the JSON Schema of scenarios is, for editors', optional: true }),
  description: text({ about: 'what the scenario is for, in one sentence', default: '' }),
  extends: text({ about: 'a shipped scenario, or a file beside this one, that this one starts from', optional: true }),
  seed: integer({ about: 'what is left blank is made up by it', default: 1, min: 0 }),
  clock: object(clockFields, { about: 'how the clock starts', default: {} }),
  faults: list(faultField, { about: 'faults in force from the start', default: [] }),
  schedule: list(scheduledField, { about: 'what happens by itself, at times of the clock', default: [] }),
}

/** The fields of a whole scenario for a set of APIs. */
export function scenarioFields(apis: readonly AnyApi[]): typeof frameFields & { readonly apis: ApisField } & FieldMap {
  const sections = apis.map((api) => [
    api.id,
    object(api.section, { about: `${api.title}: its settings and users`, optional: true }),
  ])
  return { ...frameFields, apis: apisField(apis), people: peopleField(apis), ...Object.fromEntries(sections) }
}

type ApisField = Field<readonly string[], readonly string[], 'may'>

function apisField(apis: readonly AnyApi[]): ApisField {
  const ids = choice(
    apis.map(({ id }) => id),
    { about: 'an API', meanings: Object.fromEntries(apis.map(({ id, title }) => [id, title])) },
  )
  return list(ids, { about: 'which APIs play; all if blank', optional: true })
}

/** A scenario that was read, or everything that is wrong with it. */
export type Reading =
  | { readonly setup: Setup; readonly issues: readonly [] }
  | { readonly setup?: undefined; readonly issues: readonly Issue[] }

/** Reads a scenario whose `extends` is resolved. */
export function checkScenario(source: unknown, name: string, apis: readonly AnyApi[]): Reading {
  if (!isJsonObject(source))
    return { issues: [{ path: [], message: 'A scenario is a map with description, users and so on.' }] }
  const played = withoutAsides(source, apis)
  // A section that is left out has defaults as well.
  const whole = { ...Object.fromEntries(apis.map((api) => [api.id, {}])), ...spreadPeople(played, apis) }
  const { value, issues } = check(object(scenarioFields(apis), { about: 'a scenario' }), whole)
  if (value === undefined) return { issues: placedOnce(issues, source).map((issue) => withAdvice(issue, source)) }
  const crossed = readable(crossIssues(value, apis))
  if (crossed.length > 0) return { issues: placedOnce(crossed, source) }
  const { description, seed, clock, faults, schedule, apis: chosen } = value
  const { skew, ...start } = clock
  const sections = Object.fromEntries(apis.map((api) => [api.id, sectionOf(value, api)]))
  const { extends: _extends, $schema: _schema, ...rest } = played
  const setup: Setup = {
    name,
    description,
    seed,
    clock: { ...start, ...(skew === undefined ? {} : { skewMs: skew }) },
    sections,
    playing: chosen ?? apis.map(({ id }) => id),
    faults,
    schedule,
    source: rest,
  }
  return { setup, issues: [] }
}

/** What is wrong although each member fits by itself. */
function* crossIssues(value: Infer<ReturnType<typeof scenarioFields>>, apis: readonly AnyApi[]): Iterable<Issue> {
  for (const api of apis) yield* issuesBelow([api.id], api.sectionIssues(sectionOf(value, api)))
  if (value.apis?.length === 0) yield { path: ['apis'], message: 'It names no API, so that nothing would play.' }
  const playing = apis.filter(({ id }) => value.apis?.includes(id) ?? true)
  yield* pathClashes(playing, (api) => sectionOf(value, api))
  yield* clockIssues(value.clock)
  yield* crowdIssues(value.faults, ['faults'])
  for (const [index, fault] of value.faults.entries()) yield* issuesBelow(['faults', index], faultIssues(fault, apis))
  yield* scheduleClashes(value.schedule, playing, value.seed, (api) => sectionOf(value, api))
}

function clockIssues({ at, skew = 0 }: Infer<typeof clockFields>): readonly Issue[] {
  const fits = at !== undefined && 'at' in at ? isTellable(at.at, skew) : isSkew(skew)
  if (fits) return []
  return [{ path: ['clock', 'skew'], message: "This takes the server's clock out of the years 0 to 9999." }]
}

/** Reads a scenario object. Throws ERR_SCENARIO_INVALID with everything that is wrong with it. */
export function readScenario(source: unknown, name: string, apis: readonly AnyApi[]): Setup {
  const { setup, issues } = checkScenario(source, name, apis)
  if (setup === undefined) throw scenarioInvalid(name, issues)
  return setup
}

/** The error for a scenario that cannot be used; one line for each issue. */
export function scenarioInvalid(name: string, issues: readonly Issue[]): UnderstudyError {
  return unusable('ERR_SCENARIO_INVALID', `The scenario ${name}`, issues)
}

/** Without what stands there only to be repeated by aliases. A section of an API may be called so, too. */
function withoutAsides(source: JsonObject, apis: readonly AnyApi[]): JsonObject {
  const isAside = (name: string): boolean => aside.test(name) && !apis.some(({ id }) => id === name)
  return Object.fromEntries(Object.entries(source).filter(([name]) => !isAside(name)))
}

/** A section of an API that nobody has named is most likely one of somebody's own. */
function withAdvice(issue: Issue, source: JsonObject): Issue {
  const [key, ...inner] = issue.path
  const isSection = issue.onKey === true && inner.length === 0 && issue.nearest === undefined
  if (!isSection || typeof key !== 'string' || !isJsonObject(source[key]) || !/^[a-z][a-z0-9-]*$/.test(key))
    return issue
  const advice = `Is it an API of your own? Then name it: --api ./${key}.js, or { apis: [...] } in code.`
  return { ...issue, message: `${issue.message} ${advice}` }
}

/** A person's mistake shows in `people` and in the section of the API; it is told once, where it was written. */
function placedOnce(issues: readonly Issue[], source: JsonObject): Issue[] {
  return [
    ...new Map(issues.map((issue) => inPeople(issue, source)).map((issue) => [formatIssue(issue), issue])).values(),
  ]
}
