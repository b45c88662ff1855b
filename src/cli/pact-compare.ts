import { Command } from 'commander'
import { comparePacts, type AskMock, type PactComparison } from '../contract/pacts/comparison.ts'
import type { PactDocument } from '../contract/pacts/document.ts'
import { MockJudge, usualTarget } from '../contract/pacts/mock-judge.ts'
import { pactsIn } from '../contract/pacts/pact-files.ts'
import { byParties } from '../contract/pacts/parties.ts'
import type { LoadedTarget } from '../contract/target/loaded-target.ts'
import { UnderstudyError } from '../core/errors.ts'
import { option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { comparisonWords } from './pact-compare-words.ts'
import { apiOption, apisNamed, type NamedApis } from './apis.ts'
import { readTarget } from './target.ts'

interface CompareFlags {
  readonly api?: readonly string[]
  readonly target?: string
  readonly asWritten?: boolean
  readonly json?: boolean
}

/** `understudy pact compare <old> <new>`: what a consumer newly asks, and what of it the contract does not give. */
export function pactCompareCommand(shell: Shell): Command {
  return new Command('compare')
    .description('what a later pact asks that an earlier one did not, and what of it the contract does not give')
    .argument('<old>', 'what the provider keeps: a file, or a folder or glob of pacts')
    .argument('<new>', 'what would be asked of it')
    .addOption(
      apiOption('which API the provider is, where it is called otherwise: by id, or by the file that exports it'),
    )
    .addOption(option('--target <file>', 'a target file: how the API is set up, and what states are called; not asked'))
    .addOption(option('--as-written', 'compares the pacts alone, without asking the mock'))
    .addOption(option('--json', 'prints JSON'))
    .action((old: string, now: string, flags: CompareFlags) => run(shell, old, now, flags))
}

async function run(shell: Shell, oldSource: string, newSource: string, flags: CompareFlags): Promise<void> {
  const { io } = shell
  const named = await apisNamed(io, flags.api)
  const target = flags.target === undefined ? undefined : await readTarget(shell.io, flags.target, named)
  const pacts: PactComparison[] = []
  for (const { old, now } of byParties(await pactsIn(oldSource, io.cwd), await pactsIn(newSource, io.cwd))) {
    const { ask, close } = await oracleFor(shell, [...now, ...old], target, { ...flags, named })
    try {
      pacts.push(await comparePacts(old, now, ask))
    } finally {
      await close()
    }
  }
  const breaks = pacts.reduce((sum, pact) => sum + pact.breaks, 0)
  print(shell, flags, { pacts, breaks }, comparisonWords)
  shell.exitWith(breaks === 0 ? exitCodes.ok : exitCodes.failed)
}

interface Opened {
  readonly ask: AskMock
  readonly close: () => Promise<void>
}

/** Whoever says what the contract gives; put up when there is something to ask. */
async function oracleFor(
  { io }: Shell,
  documents: readonly PactDocument[],
  target: LoadedTarget | undefined,
  { named: { all, meant, playing }, asWritten }: Pick<CompareFlags, 'asWritten'> & { readonly named: NamedApis },
): Promise<Opened> {
  const close = (): Promise<void> => Promise.resolve()
  if (asWritten === true) return { ask: 'only the pacts are compared', close }
  const provider = documents[0]?.provider ?? ''
  // Who names one API says which the provider is.
  const only = playing?.length === 1 ? meant[0] : undefined
  const api = only ?? all.find((each) => each.id === provider)
  const paths = documents.flatMap(({ interactions }) => interactions.flatMap(({ request }) => request?.path ?? []))
  const loaded = target ?? (api && (await usualTarget(api, paths)))
  if (loaded === undefined) return { ask: `${provider} is no API of this mock; --api says which it is`, close }
  let judge: MockJudge | undefined
  return {
    ask: async (interaction) => (judge ??= await open(loaded, io.cwd)).say(interaction),
    close: async () => judge?.close(),
  }
}

async function open(loaded: LoadedTarget, cwd: string): Promise<MockJudge> {
  try {
    return await MockJudge.open(loaded, cwd)
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    throw new UnderstudyError(error.code, [...error.lines, 'Without it, --as-written compares the pacts alone.'])
  }
}
