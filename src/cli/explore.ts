import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command, type Option } from 'commander'
import { parseDuration } from '../core/duration.ts'
import { UnderstudyError } from '../core/errors.ts'
import { toYaml } from '../scenario/to-yaml.ts'
import { explore, type Explored } from '../contract/exploring/explore.ts'
import type { FoundDeviation } from '../contract/exploring/found.ts'
import type { JobsReport } from '../contract/exploring/rounds.ts'
import { ownApisOption } from './apis.ts'
import { ledgerOption, option, print, repeatable, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { paint, type Line } from './shown.ts'
import { repertoireFor, withTarget, type InterruptibleTarget } from './target.ts'

type ExploreFlags = {
  readonly sequences: number
  readonly seed: number
  readonly jobs: number
  readonly time?: number
  readonly resume?: boolean
  readonly allowWait?: boolean
  readonly write: string
  readonly journeys?: readonly string[]
  readonly api?: readonly string[]
  readonly ledger?: string
  readonly json?: boolean
}

/** `understudy explore <target>`: finds what nobody wrote a journey for. */
export function exploreCommand(shell: Shell): Command {
  return new Command('explore')
    .description(
      'plays sequences that nobody wrote on a real server beside the mock, and keeps what differs as journeys',
    )
    .argument('<target>', 'a target file; `understudy init target` writes one')
    .addOption(option('--sequences <n>', 'how many sequences').default(200).argParser(toCount))
    .addOption(option('--seed <n>', 'which ones: the same for the same seed').default(1).argParser(toCount))
    .addOption(
      option('--jobs <n>', 'how many sequences are played at once, each by accounts of its own')
        .default(1)
        .argParser(toJobs),
    )
    .addOption(option('--time <duration>', 'ends the run after so long; --resume goes on').argParser(toMs))
    .addOption(option('--resume', 'goes on where the latest run of the target ended'))
    .addOption(
      option('--allow-wait', "waits in real time, up to two minutes, where the server's clock cannot be moved"),
    )
    .addOption(option('--write <folder>', 'where journeys are written that show what was found').default('journeys'))
    .addOption(wordsOption())
    .addOption(ownApisOption())
    .addOption(ledgerOption())
    .addOption(option('--json', 'prints JSON'))
    .action((path: string, flags: ExploreFlags) =>
      withTarget(shell, path, flags, async (target) => run(shell, await withOwnJourneys(shell, target, flags), flags)),
    )
}

/** Where journeys of one's own are, whose requests sequences are made of as well. */
function wordsOption(): Option {
  return repeatable(
    '--journeys <files>',
    "makes sequences of what journeys of one's own ask, too: a folder, a file or a glob; repeatable; the target's `journeys:` names some as well",
  )
}

/** The same target, with journeys of one's own among those of its API. */
async function withOwnJourneys(
  shell: Shell,
  target: InterruptibleTarget,
  { journeys: given }: ExploreFlags,
): Promise<InterruptibleTarget> {
  const { loaded } = target
  if (given === undefined && loaded.target.journeys.length === 0) return target
  const { journeys } = await repertoireFor(shell, target, given)
  return { ...target, loaded: { ...loaded, api: { ...loaded.api, kit: { ...loaded.api.kit, journeys } } } }
}

/** What is remembered of a target from run to run: which sequences were played, and what they found. */
interface Kept {
  readonly seed: number
  readonly last: number
  readonly keys: readonly string[]
}

async function run(shell: Shell, { loaded, budget, signal }: InterruptibleTarget, flags: ExploreFlags): Promise<void> {
  const { io } = shell
  const file = join(io.cwd, '.understudy', 'explore', `${loaded.path.replaceAll(/[^\w.-]+/g, '-')}.json`)
  const kept = flags.resume === true ? await keptIn(file, loaded.path) : undefined
  const explored = await explore(loaded, {
    budget,
    signal,
    seed: kept?.seed ?? flags.seed,
    after: kept?.last ?? 0,
    known: kept?.keys ?? [],
    sequences: flags.sequences,
    jobs: flags.jobs,
    allowWait: flags.allowWait === true,
    maxWait: 120_000,
    ...(flags.time === undefined ? {} : { time: flags.time }),
    onFound: ({ clause, sequence, length }) =>
      io.err([paint('red', `${clause} by sequence ${sequence}, of which ${length} moves are left`)]),
  })
  const { seed, last, found, brokenOff } = explored
  await mkdir(join(file, '..'), { recursive: true })
  const keys = [...(kept?.keys ?? []), ...found.map(({ key }) => key)]
  await writeFile(file, `${JSON.stringify({ seed, last, keys } satisfies Kept)}\n`)
  const written = await writeJourneys(resolve(io.cwd, flags.write), flags.write, explored)
  print(shell, flags, { ...explored, written }, () => words(explored, written))
  if (signal.aborted) shell.exitWith(exitCodes.interrupted)
  else if (found.some(({ outcome }) => outcome === 'broken')) shell.exitWith(exitCodes.failed)
  else if (brokenOff !== undefined) shell.exitWith(exitCodes.unreachable)
  else if (explored.played === 0) shell.exitWith(exitCodes.usage)
}

async function keptIn(file: string, path: string): Promise<Kept> {
  try {
    const { seed, last, keys } = JSON.parse(await readFile(file, 'utf8')) as Partial<Kept>
    if (Number.isSafeInteger(seed) && Number.isSafeInteger(last) && Array.isArray(keys))
      return { seed, last, keys } as Kept
  } catch {
    // There is none, or it was cut off.
  }
  throw new UnderstudyError(
    'ERR_USAGE',
    `There is no exploring of ${path} in this directory that --resume could go on with.`,
  )
}

/** Writes each under a name that nothing has yet: what somebody has edited stays. */
async function writeJourneys(folder: string, told: string, { found, seed }: Explored): Promise<string[]> {
  const names: string[] = []
  if (found.length > 0) await mkdir(folder, { recursive: true })
  for (const { clause, sequence, journey } of found) {
    const name = `explored-${clause.toLowerCase()}-${seed}-${sequence}.yaml`
    const isThere = await writeFile(join(folder, name), await toYaml(journey), { flag: 'wx' }).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return true
        throw new UnderstudyError('ERR_USAGE', `${join(told, name)} cannot be written: ${error.message}.`)
      },
    )
    if (!isThere) names.push(join(told, name))
  }
  return names
}

function words(explored: Explored, written: readonly string[]): Line[] {
  const { target, played, requests, found, leftOut, brokenOff, seed, last, met, jobs, limited } = explored
  return [
    [paint('bold', target.title), ` at ${target.baseUrl}`],
    '',
    ...found.flatMap(foundWords),
    ...written.map((file) => `wrote ${file}`),
    ...leftOut.map(({ because, count }) => `${count} left out, because ${because}`),
    ...jobsWords(jobs, target.path),
    ...(limited === 0
      ? []
      : [
          `the server answered ${limited} times that these are too many requests (429): fewer --jobs or a pace suit it better (pace: in ${target.path})`,
        ]),
    ...(brokenOff === undefined ? [] : [`Broken off: ${brokenOff}`]),
    `${played} sequences played with ${requests} requests, seed ${seed} up to ${last}; the mock met ${met} different things; ${found.length} found`,
  ]
}

function jobsWords({ wanted, atOnce, alone, waitedFor, unconfirmed }: JobsReport, path: string): Line[] {
  const lines: Line[] = []
  if (alone > 0) lines.push(`${alone} played alone, because they arrange states or move the clock of the whole server`)
  if (waitedFor !== undefined) {
    const { username, played, of } = waitedFor
    lines.push(
      `at most ${atOnce} of ${wanted} jobs at work at once, and ${username} in ${played} of ${of} sequences, one after the other: more accounts make it faster (further: in ${path})`,
    )
  }
  for (const { clause, sequence, because } of unconfirmed)
    lines.push(
      `${clause} differed in sequence ${sequence} beside others, and ${because === undefined ? 'not when it was played again alone' : `could not be played again alone: ${because}`}; it is not counted as found`,
    )
  return lines
}

function foundWords({ clause, outcome, sequence, length, finding }: FoundDeviation): Line[] {
  const failure = finding.failures.find((each) => each.clause === clause)
  const differences = failure?.differences ?? []
  return [
    paint(
      'red',
      `${clause} ${outcome === 'broken' ? 'is broken' : 'differs'}: ${failure?.request ?? ''} (sequence ${sequence}, ${length} moves)`,
    ),
    ...differences.map(({ where, expected, received }) => `  ${where}: expected ${expected}, received ${received}`),
  ]
}

function toMs(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  throw new UnderstudyError('ERR_USAGE', `"${text}" is no duration; write 90s, 30m or 2h.`)
}

function toCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UnderstudyError('ERR_USAGE', `A whole number from 1 to 999999999 is wanted, not "${text}".`)
}

function toJobs(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new UnderstudyError('ERR_USAGE', `--jobs takes a number from 1 to 99, not "${text}".`)
}
