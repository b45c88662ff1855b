import { Command } from 'commander'
import { BrokerClient } from '../contract/pacts/broker-client.ts'
import { pactsAt, usualSelectors } from '../contract/pacts/broker.ts'
import type { PactDocument } from '../contract/pacts/document.ts'
import { checksOf } from '../contract/pacts/pact-check.ts'
import { pactsIn } from '../contract/pacts/pact-files.ts'
import { isPublishable, publishResults } from '../contract/pacts/publish-results.ts'
import { verifyPacts } from '../contract/pacts/verify-pacts.ts'
import type { Findings } from '../contract/telling/findings.ts'
import type { LoadedTarget } from '../contract/target/loaded-target.ts'
import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import type { Io } from './io.ts'
import { refuseToPublish, withPactFlags, type PactFlags } from './pact-flags.ts'
import { pactWords } from './pact-words.ts'
import { progressOf } from './progress.ts'
import { reportsFor, writeReports } from './reports.ts'
import { openTarget, withTargets, type OpenTarget } from './target.ts'

/** `understudy pact verify <source...>`: has Pact's own verifier verify consumers' pacts. */
export function pactVerifyCommand(shell: Shell): Command {
  const command = new Command('verify')
    .description("has Pact's own verifier verify consumers' pacts of any version, on the mock and on a real server")
    .argument('<source...>', 'files, folders or globs of pacts, or the address of a pact or a broker')
  return withPactFlags(command).action((sources: readonly string[], flags: PactFlags) => run(shell, sources, flags))
}

/** Where pacts come from, and whom of them to tell what became of them. */
interface Sources {
  readonly documents: readonly PactDocument[]
  /** Each once, by its origin, however many of its addresses are sources. */
  readonly brokers: ReadonlyMap<string, Broker>
}

interface Broker {
  /** The first address of it. */
  readonly url: string
  readonly client: BrokerClient
}

async function run(shell: Shell, sources: readonly string[], flags: PactFlags): Promise<void> {
  const { io } = shell
  const reports = reportsFor(io, flags.report)
  refuseToPublish(flags, io.env)
  const target = await openTarget(shell, flags.target, flags)
  await withTargets(shell, [target], async (signal) => {
    const { loaded, budget } = target
    if (flags.forget !== undefined) budget.forget(flags.forget)
    const { documents, brokers } = await load(io, sources, target, flags)
    try {
      const { onStart, onDone, onWait } = progressOf(io)
      const findings = await verifyPacts(loaded, documents, {
        only: flags.only ?? [],
        except: flags.except ?? [],
        leaveOutUnsafe: flags.leaveOutUnsafe === true,
        cwd: io.cwd,
        budget,
        signal,
        onStart,
        onDone,
        onWait,
      })
      await writeReports(io, findings, reports, flags.reportDir)
      print(shell, flags, findings, pactWords)
      if (flags.publish === true) await publish(io, brokers, documents, loaded, findings, flags)
      shell.exitWith(signal.aborted ? exitCodes.interrupted : exitCodeFor(findings, flags))
    } finally {
      for (const { client } of brokers.values()) client.close()
    }
  })
}

async function load(
  { cwd, env, err }: Io,
  sources: readonly string[],
  { loaded, apis }: OpenTarget,
  { provider = loaded.api.id, selector = usualSelectors, providerBranch, wipSince }: PactFlags,
): Promise<Sources> {
  const brokers = new Map<string, Broker>()
  const all: PactDocument[] = []
  const selection = {
    provider,
    selectors: selector,
    ...(providerBranch === undefined ? {} : { providerBranch }),
    ...(wipSince === undefined ? {} : { wipSince }),
  }
  for (const source of sources) {
    if (/^https?:\/\//.test(source)) {
      const { origin } = new URL(source)
      const broker = brokers.get(origin) ?? { url: source, client: new BrokerClient(source, env) }
      brokers.set(origin, broker)
      all.push(...(await pactsAt(source, broker.client, selection)))
    } else all.push(...(await pactsIn(source, cwd)))
  }
  // A pact that is meant by several sources is one.
  const each = all.filter(({ where }, place) => all.findIndex((other) => other.where === where) === place)
  return { documents: forTarget(each, loaded, { apis, name: provider }, err), brokers }
}

/** Pacts with another API that is known are none with this target. Throws ERR_USAGE where no others are left. */
function forTarget(
  all: readonly PactDocument[],
  { api, path }: LoadedTarget,
  { apis, name }: { readonly apis: readonly AnyApi[]; readonly name: string },
  err: (line: string) => void,
): readonly PactDocument[] {
  const others = apis.map(({ id }) => id).filter((id) => id !== api.id && id !== name)
  const [strange, documents] = [true, false].map((is) => all.filter(({ provider }) => others.includes(provider) === is))
  const told = strange?.map(
    ({ where, provider }) => `${where} is a pact with ${provider}, and ${path} is a target of ${api.id}.`,
  )
  if (documents === undefined || documents.length === 0) throw new UnderstudyError('ERR_USAGE', told ?? [])
  for (const line of told ?? []) err(`left out: ${line}`)
  if (documents.every(({ interactions }) => interactions.length === 0))
    throw new UnderstudyError('ERR_USAGE', `${documents[0]?.where} has no interactions, so nothing could be verified.`)
  return documents
}

/** What was not played is not known, so nothing is told of a run in which that is so. */
async function publish(
  { err }: Io,
  brokers: Sources['brokers'],
  documents: readonly PactDocument[],
  { api }: LoadedTarget,
  { checks, counts }: Findings,
  { provider = api.id, providerVersion: version = '', providerBranch: branch, buildUrl }: PactFlags,
): Promise<void> {
  if (counts.notReached > 0)
    return err(`not published: ${counts.notReached} of ${checks.length} interactions were not played.`)
  if (!documents.some(isPublishable))
    return err('not published: none of the pacts is from a broker that wants to be told.')
  const publication = {
    provider,
    version,
    ...(branch === undefined ? {} : { branch }),
    ...(buildUrl === undefined ? {} : { buildUrl }),
  }
  const all = checksOf(api.id, documents)
  let count = 0
  for (const [origin, { url, client }] of brokers) {
    const here = all.filter(({ document: { where } }) => URL.canParse(where) && new URL(where).origin === origin)
    count += await publishResults(client, url, here, checks, publication)
  }
  err(`published the results of ${count} ${count === 1 ? 'pact' : 'pacts'} as ${provider} ${version}.`)
}

/** What was not played is not verified: that fails, unless it is allowed. */
function exitCodeFor({ counts, brokenHooks, brokenOff, checks }: Findings, { allowNotPlayed }: PactFlags): number {
  if (counts.failed > 0) return exitCodes.failed
  if (brokenHooks.length > 0) return exitCodes.hook
  if (brokenOff !== undefined || checks.some(({ unavailable }) => unavailable === true)) return exitCodes.unreachable
  if (counts.notReached > 0 && allowNotPlayed !== true) return exitCodes.failed
  return counts.passed + counts.accepted === 0 ? exitCodes.usage : exitCodes.ok
}
