import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { check, checkPatch } from '../../src/core/check.ts'
import { formatIssue, type Issue } from '../../src/core/errors.ts'
import { object, type AnyField, type FieldMap } from '../../src/core/field.ts'
import { toJsonSchema } from '../../src/core/json-schema.ts'
import { scenarioFields } from '../../src/scenario/scenario.ts'
import { shipped } from '../../src/scenario/shipped.ts'

const ajv = new Ajv({ strict: false, allErrors: true })
const apis = Object.values(registry)
const scenario: AnyField = object(scenarioFields(apis), { about: 'a scenario' })
const acceptsScenario = ajv.compile(toJsonSchema(scenario))

const durations = [
  '30m',
  ' 1h30m ',
  '1.5h',
  '250ms',
  '+5m',
  '- 5s',
  '0s',
  '1 s2m',
  '',
  '30',
  '1h 30m',
  '99999999w',
  'm',
]
const moments = [
  '2026-01-15T09:00:00Z',
  '2026-01-15',
  ' 2026-01-15 09:00+0100 ',
  '2026-02-30',
  '2026-01-15T25:00:00Z',
  '2026-1-5',
  '+30m',
  ' -1d',
  '+ 1 m',
  '+',
  '+soon',
  'tomorrow',
  '30m',
  '2026-01-15T09:00:00.123Z',
  '2026-01-15T09',
  '',
]
const texts = [
  '910817',
  '/jira',
  '/a/b',
  '/a/',
  'JBSWY3DPEHPK3PXP',
  'jbswy3dpehpk3pxp==',
  'JBSW1',
  '*',
  'text/plain',
  '',
]
const names = ['alice', 'bob', '', '__proto__', 'constructor', 'toString']
const strange = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom<unknown>(null, 0, '', [], {}, true, 'on'))

/** Values for a field: mostly what it is for, now and then anything else. */
function valuesFor(field: AnyField): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: likely(field) }, { weight: 1, arbitrary: strange })
}

function likely(field: AnyField): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'text':
      return fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 8 }))
    case 'integer':
    case 'number': {
      const { min = -2, max = 10 } = field
      const whole = fc.constantFrom(min - 1, min, min + 1, max, max + 1, 0.5, 1e17)
      return fc.oneof(whole, fc.double({ min, max, noNaN: true }), fc.integer({ min, max: Math.max(min, max) }))
    }
    case 'boolean':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...field.choices, 'typo')
    case 'duration':
      return fc.constantFrom(...durations)
    case 'moment':
      return fc.constantFrom(...moments)
    case 'list':
      return fc.array(valuesFor(field.item), { maxLength: 2 })
    case 'map':
      return fc.dictionary(fc.constantFrom(...names), valuesFor(field.item), { maxKeys: 3 })
    case 'object':
      return objects(field.fields, ({ optional, default: preset }) => optional === true || preset !== undefined)
    case 'either':
      return fc.oneof(
        ...Object.values(field.forms).map((fields) => objects(fields, ({ optional }) => optional === true)),
      )
    case 'anything':
      return strange
  }
}

const none = fc.constant<[string, unknown][]>([])

function objects(fields: FieldMap, mayBeBlank: (field: AnyField) => boolean): fc.Arbitrary<unknown> {
  const members = Object.entries(fields).map(([name, field]): fc.Arbitrary<[string, unknown][]> => {
    const given = valuesFor(field).map((value): [string, unknown][] => [[name, value]])
    return fc.oneof(
      { weight: mayBeBlank(field) ? 4 : 1, arbitrary: none },
      { weight: mayBeBlank(field) ? 2 : 20, arbitrary: given },
    )
  })
  const stranger = fc.tuple(fc.constantFrom(...names), strange).map((pair): [string, unknown][] => [pair])
  const strangers = fc.oneof({ weight: 15, arbitrary: none }, { weight: 1, arbitrary: stranger })
  return fc.tuple(strangers, ...members).map((parts) => Object.fromEntries(parts.flat()))
}

/** The field an issue is about. */
function fieldAt(field: AnyField, [step, ...rest]: Issue['path']): AnyField | undefined {
  if (step === undefined) return field
  if (field.kind === 'object') {
    const member = Object.hasOwn(field.fields, step) ? field.fields[step] : undefined
    return member === undefined ? undefined : fieldAt(member, rest)
  }
  return field.kind === 'list' || field.kind === 'map' ? fieldAt(field.item, rest) : undefined
}

function valueAt(value: unknown, path: Issue['path']): unknown {
  return path.reduce((inner: unknown, step) => (inner as { [key: string]: unknown } | null)?.[step], value)
}

/** The only ways in which the schema lets through what `check` refuses: what no pattern and no bound can tell. */
function isBeyondSchema(field: AnyField, input: unknown, issue: Issue): boolean {
  const about = fieldAt(field, issue.path)
  const value = valueAt(input, issue.path)
  // A whole number that is too large to be counted exactly.
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return true
  switch (about?.kind) {
    case 'duration':
      // Shorter than the least, or longer than can be counted.
      return typeof value === 'string' && (issue.message.includes('at least') || value === '99999999w')
    case 'moment':
      // A day or an hour that the calendar does not have.
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value.trim())
    default:
      return false
  }
}

describe('the JSON Schema of a scenario', () => {
  it('accepts whatever is accepted when it is read, and refuses the rest but for what a schema cannot tell', () => {
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(valuesFor(scenario), (input) => {
        const { issues } = check(scenario, input)
        const fits = acceptsScenario(input)
        if (fits) accepted++
        else refused++
        // Never stricter than check; looser only where it cannot be helped.
        expect(issues.length > 0 ? [] : (acceptsScenario.errors ?? [])).toEqual([])
        const missed = issues.filter((issue) => !isBeyondSchema(scenario, input, issue))
        expect(fits ? missed.map(formatIssue) : []).toEqual([])
      }),
      { numRuns: 4000 },
    )
    // Both verdicts have to be common, or nothing was tested.
    expect(Math.min(accepted, refused)).toBeGreaterThan(400)
  })

  it('tells each mistake where check tells it, one mistake at a time', () => {
    const mistakes: [unknown, string][] = [
      [{ seed: 'x' }, '/seed'],
      [{ seed: -1 }, '/seed'],
      [{ clock: { scale: 1e7 } }, '/clock/scale'],
      [{ clock: { at: 'tomorrow' } }, '/clock/at'],
      [{ faults: [{ on: '*' }, { delay: '1s' }] }, '/faults/1'],
      [{ 'secure-login': { blockFor: '30' } }, '/secure-login/blockFor'],
      [{ 'secure-login': { users: { alice: { pin: 910817 } } } }, '/secure-login/users/alice/pin'],
      [
        { 'secure-login': { users: { alice: { totp: { secret: 'JBSW1' } } } } },
        '/secure-login/users/alice/totp/secret',
      ],
      [{ 'secure-login': { users: 7 } }, '/secure-login/users'],
      [{ 'secure-log': {} }, ''],
    ]
    for (const [input, place] of mistakes) {
      expect(check(scenario, input).issues).toHaveLength(1)
      expect(acceptsScenario(input)).toBe(false)
      expect(acceptsScenario.errors?.map(({ instancePath }) => instancePath)).toContain(place)
    }
  })

  it.each(Object.entries(shipped))('accepts the shipped scenario %s as it is written', (_, source) => {
    acceptsScenario(source)
    expect(acceptsScenario.errors).toBeNull()
  })

  it('takes lower-case Base32 as check does, though JSON Schema has no flag for it', () => {
    const input = { 'secure-login': { users: { tara: { totp: { secret: 'jbswy3dpehpk3pxp' } } } } }
    expect([check(scenario, input).issues, acceptsScenario(input)]).toEqual([[], true])
  })

  it('shows the defaults as somebody would write them, and none that it would refuse itself', () => {
    const walk = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return
      const { default: preset, ...rest } = schema as { default?: unknown }
      expect(preset === undefined || ajv.validate(rest, preset)).toBe(true)
      Object.values(rest).forEach(walk)
    }
    walk(toJsonSchema(scenario))
    expect(JSON.stringify(toJsonSchema(scenario))).toContain('"default":"30m"')
  })
})

describe.each(
  apis.flatMap((api) => [
    [`the settings of ${api.title}`, api.settings] as const,
    [`a change of a user of ${api.title}`, api.userChange] as const,
  ]),
)('the JSON Schema of %s', (_, fields) => {
  it('accepts the patches that checkPatch accepts', () => {
    const whole: AnyField = object(fields, { about: 'a patch' })
    const accepts = ajv.compile(toJsonSchema(whole, 'patch'))
    fc.assert(
      fc.property(
        objects(fields as unknown as FieldMap, () => true),
        (input) => {
          const { issues } = checkPatch(fields as unknown as FieldMap, input)
          const fits = accepts(input)
          expect(issues.length > 0 ? [] : (accepts.errors ?? [])).toEqual([])
          const missed = issues.filter((issue) => !isBeyondSchema(whole, input, issue))
          expect(fits ? missed.map(formatIssue) : []).toEqual([])
        },
      ),
      { numRuns: 2000 },
    )
  })
})
