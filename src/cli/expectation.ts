import { UnderstudyError } from '../core/errors.ts'
import type { Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import type { RunningServer } from './server.ts'

/** What `--expect` says: an operation, and how often; at least once where it does not say. */
interface Expectation {
  readonly operation: string
  readonly times: number | undefined
}

/** What became of it. */
export interface ExpectationResult {
  readonly operation: string
  /** Exactly so many; at least one where it is null. */
  readonly times: number | null
  readonly asked: number
  readonly met: boolean
}

/** Reads `secure-login.auth=1`. Throws ERR_USAGE. */
function readExpectation(text: string): Expectation {
  const [operation = '', count, ...more] = text.split('=')
  if (operation === '' || more.length > 0 || (count !== undefined && !/^\d{1,9}$/.test(count)))
    throw new UnderstudyError(
      'ERR_USAGE',
      `--expect takes an operation and how often it is asked, such as secure-login.auth=1, not "${text}".`,
    )
  return { operation, times: count === undefined ? undefined : Number(count) }
}

/** Counts what is expected among the requests that `query` leaves. */
export async function judgeExpectations(
  server: RunningServer,
  query: { readonly [name: string]: string | undefined },
  expected: readonly string[],
): Promise<readonly ExpectationResult[]> {
  const results: ExpectationResult[] = []
  for (const { operation, times } of expected.map(readExpectation)) {
    const { requests, evicted, total } = await server.request('GET /requests', {
      query: { ...query, limit: '100000', operation },
    })
    const asked = requests.length
    const met = times === undefined ? asked > 0 : asked === times
    // What was dropped may have been one more, or the one that is missing.
    if (evicted > 0 && query['since'] === undefined && !(met && times === undefined))
      throw new UnderstudyError(
        'ERR_EXPECTATION',
        `${evicted} of ${total} requests were dropped from the journal, so how often ${operation} was asked cannot be told: say --since.`,
      )
    results.push({ operation, times: times ?? null, asked, met })
  }
  return results
}

/** Says what was not met, and gives back the exit code. */
export function tellExpectations({ io }: Shell, results: readonly ExpectationResult[]): number {
  const missed = results.filter(({ met }) => !met)
  for (const { operation, times, asked } of missed)
    io.err(
      `expected ${operation} ${times === null ? 'at least once' : counted(times)}; it was ${asked === 0 ? 'not asked' : `asked ${counted(asked)}`}`,
    )
  return missed.length === 0 ? exitCodes.ok : exitCodes.failed
}

function counted(times: number): string {
  return times === 0 ? 'never' : times === 1 ? 'once' : `${times} times`
}
