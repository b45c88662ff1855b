import { check } from '../../core/check.ts'
import { formatIssue, UnderstudyError } from '../../core/errors.ts'
import { choice, integer, list, number, object, optionally, text } from '../../core/field.ts'
import { isInstant, fromIso } from '../../core/instant.ts'
import { isJsonObject, readJson, type Json, type JsonObject } from '../../core/json.ts'
import { openObject } from '../../core/open-object.ts'
import { messageOf } from '../../core/thrown.ts'
import type { Findings } from './findings.ts'

const fails = ['broken', 'differs', 'accepted', 'outside', 'unexpected'] as const

const whereField = openObject({ where: text({ about: 'where an answer differs' }) }, { about: 'what differs' })

const failureField = openObject(
  {
    clause: text({ about: 'what it goes against' }),
    outcome: choice(fails, { about: 'how grave it is' }),
    known: optionally(choice(fails, { about: 'how grave it is, where a baseline has it' })),
    differences: list(whereField, { about: 'in what' }),
  },
  { about: 'an answer that was not as expected' },
)

const checkField = openObject(
  {
    id: text({ about: "the check's id" }),
    outcome: choice(['passed', 'failed', 'differs', 'accepted', 'not reached'], { about: 'what became of it' }),
    failures: list(failureField, { about: 'what was not as expected' }),
  },
  { about: 'a check' },
)

const clauseField = openObject(
  {
    clause: openObject({ id: text({ about: 'its id' }), text: text({ about: 'what it says' }) }, { about: 'a clause' }),
    outcome: choice(['kept', 'broken', 'differs', 'accepted', 'not reached'], { about: 'what became of it' }),
    known: optionally(choice(['broken', 'differs'], { about: 'the same, where a baseline has it' })),
    shown: integer({ about: 'how many answers showed it kept' }),
  },
  { about: 'what was found out about a clause' },
)

/** What of a report is read again. It has more than that, and may have more still when a newer version has written it. */
const reportField = openObject(
  {
    target: openObject(
      {
        path: text({ about: 'the target file' }),
        api: text({ about: 'the API' }),
        title: text({ about: 'its name for people' }),
        baseUrl: text({ about: 'where the server is' }),
      },
      { about: 'what was checked' },
    ),
    startedAt: text({
      about: 'when it began',
      read: (written) => (isTime(written) ? written : undefined),
      shape: 'an instant',
    }),
    ms: number({ about: 'how long it took' }),
    checks: list(checkField, { about: 'what was checked' }),
    clauses: list(clauseField, { about: 'what that says of clauses' }),
    documented: object(
      { checked: integer({ about: 'checked' }), total: integer({ about: 'in all' }) },
      { about: 'clauses that a vendor says' },
    ),
  },
  { about: 'a report' },
)

/** The report of a run as it is read again: what `verify --json` and `--report json` wrote. */
export type KeptReport = Pick<Findings, 'target' | 'startedAt' | 'ms' | 'documented'> & {
  readonly checks: readonly (Pick<Findings['checks'][number], 'id' | 'outcome'> & {
    readonly failures: readonly KeptFailure[]
  })[]
  readonly clauses: readonly Pick<Findings['clauses'][number], 'clause' | 'outcome' | 'known' | 'shown'>[]
}

type Failure = Findings['checks'][number]['failures'][number]

/** A failure as it is known again. */
export type KeptFailure = Pick<Failure, 'clause' | 'outcome' | 'known'> & {
  readonly differences: readonly Pick<Failure['differences'][number], 'where'>[]
}

/** What other files are that lie beside reports; those of other tools name themselves. */
const others: readonly [is: (data: JsonObject) => boolean, what: string][] = [
  [({ reportFormat }) => reportFormat === 'CTRF', 'a CTRF report'],
  [({ runs, $schema }) => runs !== undefined || /sarif/.test(String($schema)), 'a SARIF report'],
  [({ waitMs, checks }) => waitMs !== undefined && checks !== undefined, 'a plan: nothing was sent for it'],
  [({ sequences, met, played }) => met !== undefined || (sequences ?? played) !== undefined, 'what `explore` found'],
]

/** What a text is that is no report, where that can be told. */
export function otherThan(data: JsonObject): string | undefined {
  return others.find(([is]) => is(data))?.[1]
}

/**
 * The reports in a text: one, or several where several targets were checked in one run. Throws ERR_USAGE, with the file's name
 * and all that is wrong with it.
 */
export function readReports(content: string, file: string): readonly KeptReport[] {
  const wrong = (why: string): UnderstudyError =>
    new UnderstudyError(
      'ERR_USAGE',
      `${file} is no report of \`verify\`: ${why} \`verify --json\` prints one, and \`--report json\` writes verify.json.`,
    )
  let data: Json
  try {
    data = readJson(content)
  } catch (error) {
    throw wrong(/^\s*</.test(content) ? 'it is XML or HTML.' : `it is not JSON (${messageOf(error)}).`)
  }
  const all = Array.isArray(data) ? (data as readonly Json[]) : [data]
  if (all.length === 0) throw wrong('it is an empty list.')
  return all.map((one, at) => {
    const what = isJsonObject(one) ? otherThan(one) : undefined
    if (what !== undefined) throw wrong(`it is ${what}.`)
    if (isJsonObject(one) && typeof one['error'] === 'string' && one['checks'] === undefined)
      throw wrong(`one of its targets could not be checked: ${one['error']}`)
    const { value, issues } = check(reportField, one, all.length === 1 ? [] : [at], 'stored')
    if (value !== undefined) return value as unknown as KeptReport
    const more = issues.length > 3 ? ` and ${issues.length - 3} more;` : ''
    throw wrong(`${issues.slice(0, 3).map(formatIssue).join(' ')}${more}`)
  })
}

function isTime(written: string): boolean {
  const at = fromIso(written)
  return at !== undefined && isInstant(at)
}
