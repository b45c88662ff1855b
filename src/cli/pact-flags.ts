import type { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { Io } from './io.ts'
import { ownApisOption } from './apis.ts'
import { ledgerOption, option, repeatable } from './command.ts'
import { forgetOption, leaveOutUnsafeOption, reportOption } from './run-options.ts'
import { readSelector } from './selector.ts'

/** What `understudy pact verify` is told beside its sources. */
export interface PactFlags {
  readonly target: string
  readonly provider?: string
  readonly api?: readonly string[]
  readonly selector?: readonly JsonObject[]
  readonly providerBranch?: string
  readonly providerVersion?: string
  readonly wipSince?: string
  readonly publish?: boolean
  readonly buildUrl?: string
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  readonly allowNotPlayed?: boolean
  readonly leaveOutUnsafe?: boolean
  readonly forget?: string
  readonly ledger?: string
  readonly report?: string
  readonly reportDir: string
  readonly json?: boolean
}

/** Describes them for help and parsing. */
export function withPactFlags(command: Command): Command {
  const all = [
    option('--target <file>', 'the target file of the server').makeOptionMandatory(),
    ownApisOption(),
    repeatable('--only <interaction>', 'only these interactions: a glob or a part of an id; repeatable'),
    repeatable('--except <interaction>', 'all but these, named in the same way; repeatable'),
    option('--allow-not-played', 'does not fail where interactions could not be played'),
    leaveOutUnsafeOption(),
    forgetOption(),
    option('--provider <name>', "what the server is called in pacts and at the broker; the API's id if left out"),
    option(
      '--selector <words>',
      "of a broker's pacts: mainBranch, deployedOrReleased, branch=…, environment=…, consumer=…, joined by commas; repeatable (default: mainBranch and deployedOrReleased)",
    ).argParser((text: string, earlier: readonly JsonObject[] | undefined) => [...(earlier ?? []), readSelector(text)]),
    option('--provider-branch <name>', 'the branch of the server: by it the broker knows which pacts are pending'),
    option('--wip-since <day>', 'takes pacts that nobody has asked for since that day, too, as pending'),
    option('--publish', 'tells the broker what became of its pacts; in CI, and where everything was played'),
    option('--provider-version <version>', 'the version of the server that is published, such as a commit'),
    option('--build-url <url>', 'where the run can be looked at, for those who read the results'),
    ledgerOption(),
    reportOption(),
    option('--report-dir <directory>', 'where they are written').default('reports'),
    option('--json', 'prints the findings as JSON'),
  ]
  return all.reduce((made, each) => made.addOption(each), command)
}

/** What would only come out at the end is told before anything is sent. Throws ERR_USAGE. */
export function refuseToPublish({ publish, providerVersion, only, except }: PactFlags, env: Io['env']): void {
  if (publish !== true) return
  const refuse = (why: string): never => {
    throw new UnderstudyError('ERR_USAGE', `--publish ${why}`)
  }
  if (providerVersion === undefined) refuse('wants --provider-version, such as the commit that is verified.')
  if ((env['CI'] ?? '') === '') refuse('is for CI, where CI is set: what one machine finds is no result for others.')
  if (only !== undefined || except !== undefined) refuse('tells of whole pacts, without --only and --except.')
}
