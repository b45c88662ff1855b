import { resolve } from 'node:path'
import { Command } from 'commander'
import type { Finding } from '../contract/recording/finding.ts'
import { readTraffic } from '../contract/recording/read-traffic.ts'
import { requireReplayed } from '../contract/playing/followed.ts'
import { hasNoCookies } from '../contract/recording/without-cookies.ts'
import { placeIn, recordedScenario, type Recorded } from '../contract/recording/record.ts'
import type { Unplaced } from '../contract/recording/recorded-entry.ts'
import { checkedApi } from '../contract/target/checked-api.ts'
import { inWords } from '../core/json.ts'
import { commandLine, scenarioWord } from '../core/shell-syntax.ts'
import { toYaml } from '../scenario/to-yaml.ts'
import { apiOption, apisNamed } from './apis.ts'
import { option, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { jsonLines, type Line } from './shown.ts'
import { table } from './table.ts'
import { writeNamed } from './written-file.ts'

type RecordFlags = {
  readonly api?: readonly string[]
  readonly withSecrets?: boolean
  readonly out?: string
  readonly json?: boolean
}

/** `understudy record <recording>`: what was seen of a real server becomes a scenario. */
export function recordCommand(shell: Shell): Command {
  return new Command('record')
    .description(
      'makes a scenario of recorded traffic: users, states and settings, each with the request that tells it',
    )
    .argument('<recording>', "a HAR file, of a browser or of `understudy requests --har`, or Playwright's trace.zip")
    .addOption(apiOption('the API that was talked to; found by its paths if left out'))
    .addOption(
      option('--with-secrets', 'writes passwords and codes as they were sent; others stand for them if left out'),
    )
    .addOption(option('--out <file>', 'writes the scenario to this file instead'))
    .addOption(option('--json', 'prints JSON: the scenario, and what was found out'))
    .action((path: string, flags: RecordFlags) => run(shell, path, flags))
}

async function run(shell: Shell, path: string, flags: RecordFlags): Promise<void> {
  const { io } = shell
  const { meant } = await apisNamed(io, flags.api)
  const checked = await Promise.all(meant.map(checkedApi))
  const apis = checked.filter((api) => api !== undefined)
  apis.forEach(requireReplayed)
  const traffic = await readTraffic(resolve(io.cwd, path))
  const placement = placeIn(apis, traffic)
  if (placement === undefined) {
    const unplaced = [
      ...traffic.unplaced,
      ...traffic.entries.map(({ number, method, url }): Unplaced => ({
        request: number,
        what: `${method} ${url.origin}${url.pathname}`,
        why: 'it is for no API that is known here',
      })),
    ].sort((one, other) => one.request - other.request)
    io.err(`Nothing was written: no request is one to ${apis.map(({ title }) => title).join(', ')}.`)
    io.err(unplacedWords(unplaced))
    if (flags.json === true) io.out(jsonLines({ unplaced }, 2))
    shell.exitWith(exitCodes.usage)
    return
  }
  if (hasNoCookies(placement))
    io.err([
      'The recording was saved without cookies: nobody can be followed from one request to the next. Save it again with them;',
      'in the tools of Chromium it is "Export HAR (with sensitive data)".',
      '',
    ])
  const recorded = await recordedScenario(placement, { withSecrets: flags.withSecrets === true })
  const yaml = await scenarioText(recorded)
  io.err(words(recorded, flags.withSecrets === true))
  if (flags.out !== undefined) {
    await writeNamed(io, flags.out, yaml, true)
    io.err(
      `wrote ${flags.out}; play it with \`${commandLine(io.shell, 'understudy', 'serve', scenarioWord(flags.out))}\``,
    )
  }
  if (flags.json === true) io.out(jsonLines(recorded, 2))
  else if (flags.out === undefined) io.out(yaml.trimEnd().split('\n'))
  if (recorded.unlike.length > 0) shell.exitWith(exitCodes.failed)
}

/** A scenario, with what speaks for it in comments. */
async function scenarioText({ title, origin, answers, settings, people, scenario }: Recorded): Promise<string> {
  const found = [...settings, ...people].filter(({ confidence }) => confidence !== 'not seen')
  const unseen = settings.filter(({ confidence }) => confidence === 'not seen').map(({ name }) => name)
  const comments = [
    ...found.map((finding) => `${nameOf(finding)}: ${finding.confidence}; ${evidenceIn(finding)}`),
    ...(unseen.length === 0 ? [] : [`not seen: ${unseen.join(', ')}`]),
  ]
  // What stands in a comment has come from elsewhere: it is spelled as YAML spells a text, on its line.
  const lines = await Promise.all(comments.map(async (text) => `# ${(await toYaml(text, { lineWidth: 0 })).trim()}`))
  const description = `As ${title} at ${origin} has answered ${answers} ${answers === 1 ? 'request' : 'requests'}`
  return `${await toYaml({ description })}${lines.join('\n')}\n${await toYaml(scenario)}`
}

function nameOf({ who, name }: Finding): string {
  return who === undefined ? name : `${who}, ${name}`
}

function evidenceIn({ evidence }: Finding): string {
  return evidence === undefined ? '' : `request ${evidence.request}, ${evidence.what}: ${evidence.otherwise}`
}

function words({ title, origin, settings, people, answers, unlike, unplaced }: Recorded, withSecrets: boolean): Line[] {
  const rows = (findings: readonly Finding[]): Line[] =>
    table(
      undefined,
      findings.map((finding) => [nameOf(finding), valueOf(finding), finding.confidence, evidenceIn(finding)]),
    )
  return [
    `${title} at ${origin}, by ${answers} ${answers === 1 ? 'answer' : 'answers'}`,
    '',
    ...rows(settings),
    '',
    ...rows(people),
    '',
    ...(unlike.length === 0
      ? [`A mock with this scenario gives each of the ${answers} answers.`]
      : [
          `A mock with this scenario answers otherwise in ${unlike.length} of ${answers} cases:`,
          ...unlike.map(({ request, what, difference }) => `  request ${request}, ${what}: ${difference}`),
        ]),
    ...(withSecrets ? [] : ['Others stand for the passwords and codes that were sent; --with-secrets writes them.']),
    ...(unplaced.length === 0 ? [] : ['', ...unplacedWords(unplaced)]),
  ]
}

function valueOf({ value, range, left }: Finding): string {
  const or = [...new Set(left.map((one) => inWords(one.value)))].slice(0, 4)
  if (range === undefined) return [inWords(value), ...or].join(' or ')
  return `${inWords(value)} (from ${inWords(range.from)}${range.to === undefined ? '' : ` to ${inWords(range.to)}`})`
}

/** So many requests that are none of the API's are told one by one. */
const mostTold = 12

function unplacedWords(unplaced: readonly Unplaced[]): Line[] {
  const more = unplaced.length - mostTold
  return [
    `${unplaced.length} of the recording could not be placed:`,
    ...unplaced.slice(0, mostTold).map(({ request, what, why }) => `  request ${request}, ${what}: ${why}`),
    ...(more > 0 ? [`  and ${more} more; --json has them`] : []),
  ]
}
