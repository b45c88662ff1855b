import { expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { parseDuration } from '../../src/core/duration.ts'
import { sameJson, type Json, type JsonObject } from '../../src/core/json.ts'
import { differences } from '../../src/contract/comparing/difference.ts'
import type { Finding } from '../../src/contract/recording/finding.ts'
import { readHarEntries } from '../../src/contract/recording/har-entries.ts'
import type { Placement } from '../../src/contract/recording/placement.ts'
import { placeIn, recordedScenario } from '../../src/contract/recording/record.ts'
import { checkedApi, type CheckedApi } from '../../src/contract/target/checked-api.ts'
import { readSettings } from '../../src/contract/target/settings.ts'
import { settingsOf, showing } from './record-truth.ts'
import { makeUp, type MadeUp } from './recorded-traffic.ts'
import { playScript, type ScriptedExchange } from './scripted-server.ts'

const apis = (await Promise.all(Object.values(registry).map(checkedApi))) as CheckedApi[]
/** Others by hand: `UNDERSTUDY_RECORDINGS=30-59`. */
const [firstSeed = 0, lastSeed = 29] = (process.env['UNDERSTUDY_RECORDINGS'] ?? '0-29').split('-').map(Number)
const seeds = Array.from({ length: lastSeed - firstSeed + 1 }, (_, index) => firstSeed + index)
/** In these, several things are otherwise at once; each was wrong before. */
const tangled = process.env['UNDERSTUDY_RECORDINGS'] === undefined ? [39, 49, 55, 107, 156, 162] : []
const secrets =
  /wonder\.land1|736251|carols\.pass|Dave-4711|20261|991122|fayes\.secret|445566|hug0hugo|1357911|token-of|node-passes|ottos\.own/

interface Recovered {
  readonly shown: number
  readonly certain: number
  readonly likely: number
  readonly inPart: number
  /** Settings that would have shown, but that other settings or people explain as well. */
  readonly open: number
}

const recovered: Recovered[] = []

function placed(har: JsonObject): Placement {
  const { entries } = har['log'] as unknown as { readonly entries: readonly Json[] }
  return placeIn(apis, readHarEntries(entries)) as Placement
}

/** How many answers to a script a section does not give. */
async function unlikeOn(
  api: CheckedApi,
  made: MadeUp,
  section: JsonObject,
  seen: readonly ScriptedExchange[],
): Promise<number> {
  const { exchanges } = await playScript(made, section, [], seen)
  return exchanges.filter(({ answer, clause }, index) => {
    const real = seen[index]
    return real !== undefined && differences(answer, real.answer, api.kit, { clause }).length > 0
  }).length
}

/** Whether what is said of a setting leaves room for what it is. */
function allows(api: CheckedApi, { name, value, left, range }: Finding, truth: Json | undefined): boolean {
  const read = (one: Json): Json | undefined => readSettings(api, { [name]: one })[name]
  if ([value, ...left.map((one) => one.value)].some((one) => sameJson(read(one), truth))) return true
  // A list has what was met, and maybe more.
  if (Array.isArray(truth) && Array.isArray(value)) return value.every((item) => truth.includes(item))
  if (range === undefined) return false
  const [from, to] = [range.from, range.to ?? Infinity].map((end) =>
    typeof end === 'string' ? (parseDuration(end) ?? 0) : Number(end),
  ) as [number, number]
  const wanted = truth === undefined || truth === null ? Infinity : Number(truth)
  return from <= wanted && wanted <= to
}

test.each([...seeds, ...tangled])(
  'the traffic of mock %s made up by chance becomes a scenario that answers the same',
  async (seed) => {
    const made = makeUp(seed)
    const { har, exchanges } = await playScript(made, made.section)
    const placement = placed(har)
    const { api } = placement
    const { settings, scenario, answers, unlike } = await recordedScenario(placement, { withSecrets: true })
    expect({ api: api.id, answers, unlike }).toEqual({ api: made.api, answers: made.script.length, unlike: [] })
    const section = scenario[api.id] as JsonObject
    expect(await unlikeOn(api, made, section, exchanges)).toBe(0)

    const truth = settingsOf(api, made)
    const wrong = settings.filter((each) => each.confidence !== 'not seen' && !allows(api, each, truth[each.name]))
    expect(wrong).toEqual([])

    const shown = await showing(api, made, exchanges)
    const about = settings.filter(({ name }) => shown.has(name))
    const open = about.filter(({ confidence }) => confidence === 'not seen')
    expect(about).toHaveLength(shown.size)
    // What is said to be open is: another value gives each recorded answer as well.
    for (const { name, left } of open) {
      expect(left).not.toEqual([])
      const other = { ...section, [name]: left[0]?.value ?? null }
      expect({ name, unlike: await unlikeOn(api, made, other, exchanges) }).toEqual({ name, unlike: 0 })
    }
    const count = (word: string): number => about.filter(({ confidence }) => confidence === word).length
    if (tangled.includes(seed)) return
    recovered.push({
      shown: shown.size,
      certain: count('certain'),
      likely: count('likely'),
      inPart: count('in part'),
      open: open.length,
    })
  },
)

test('of the settings that would have shown, all are found but where something else explains the traffic as well', () => {
  const sum = (name: keyof Recovered): number => recovered.reduce((total, each) => total + each[name], 0)
  const { shown, certain, likely, inPart, open } = {
    shown: sum('shown'),
    certain: sum('certain'),
    likely: sum('likely'),
    inPart: sum('inPart'),
    open: sum('open'),
  }
  expect({ recordings: recovered.length, shown, certain, likely, inPart, open }).toMatchInlineSnapshot(`
      {
        "certain": 122,
        "inPart": 62,
        "likely": 0,
        "open": 0,
        "recordings": 30,
        "shown": 184,
      }
    `)
})

test.each([0, 1, 2])('no secret of recording %s is in what becomes of it, unless that is asked for', async (seed) => {
  const made = makeUp(seed)
  const { har } = await playScript(made, made.section)
  const { unlike, ...recorded } = await recordedScenario(placed(har), { withSecrets: false })
  expect(unlike).toEqual([])
  expect(JSON.stringify(har)).toMatch(secrets)
  expect(JSON.stringify(recorded)).not.toMatch(secrets)
})
