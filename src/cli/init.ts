import { resolve } from 'node:path'
import { Command } from 'commander'
import { checkedApi, type CheckedApi } from '../contract/target/checked-api.ts'
import { exampleJourney } from '../contract/planning/example-journey.ts'
import { readSettings } from '../contract/target/settings.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Kit, Role } from '../core/kit.ts'
import { commandLine, pathWord } from '../core/shell-syntax.ts'
import { apiOption, oneApiNamed, ours } from './apis.ts'
import { initApi } from './init-api.ts'
import { group, option, type Shell } from './command.ts'
import { ownSchema, schemaPlace, writeCopy } from './schema-place.ts'
import { writeNamed } from './written-file.ts'

/** A kind of file to start from. */
interface Start {
  /** Without the line that says where its schema is. */
  readonly text: (api: CheckedApi) => string | Promise<string>
  /** Where the package has that schema. */
  readonly schema: string
  /** What to do with it, words of a command line. */
  readonly next: (file: string) => readonly string[]
  readonly shows: string
}

const target: Start = {
  text: targetFor,
  schema: 'targets/target.schema.json',
  next: (file) => ['verify', pathWord(file), '--plan'],
  shows: 'shows what it would do',
}

const journey: Start = {
  text: exampleJourney,
  schema: 'targets/journey.schema.json',
  next: (file) => ['verify', 'targets/staging.yaml', '--journeys', pathWord(file), '--only', 'journey.'],
  shows: 'plays it',
}

type InitFlags = { readonly api?: readonly string[]; readonly force?: boolean }

/** `understudy init …`: files to start from. */
export function initCommand(shell: Shell): Command {
  const command = (name: string, about: string, file: string, start: Start): Command =>
    new Command(name)
      .description(about)
      .argument('[file]', 'where to', file)
      .addOption(
        apiOption(`which API: ${ours.map(({ id }) => id).join(', ')}, or the file of your own (default: secure-login)`),
      )
      .addOption(option('--force', 'overwrites a file'))
      .action((given: string, flags: InitFlags) => init(shell, start, given, flags))
  return group('init', 'files to start from', [
    command('target', 'writes a target file: a server to check', 'targets/staging.yaml', target),
    command('journey', "writes a journey of one's own, which the mock passes", 'journeys/first.yaml', journey),
    new Command('api')
      .description('writes an API of your own, a scenario and a test')
      .argument('[file]', 'where to; its name is the id', 'turnstile.ts')
      .addOption(option('--force', 'overwrites files'))
      .action((file: string, flags: Pick<InitFlags, 'force'>) => initApi(shell, file, flags)),
  ])
}

async function init(
  { io }: Shell,
  start: Start,
  file: string,
  { api: named = ['secure-login'], force }: InitFlags,
): Promise<void> {
  const found = await oneApiNamed(io, named)
  const api = await checkedApi(found)
  if (api === undefined) {
    const message = `${found.title} can be played, and not checked: it has no loadKit, as what defineApi makes has.`
    throw new UnderstudyError('ERR_USAGE', message)
  }
  const { schema } = start
  const { reference, copy } = schemaPlace(resolve(io.cwd, file), schema)
  await writeNamed(io, file, `# yaml-language-server: $schema=${reference}\n${await start.text(api)}`, force === true)
  const copies = copy === undefined ? '' : await writeCopy(io, copy, await ownSchema(schema), force)
  io.err(`wrote ${file}${copies}; \`${commandLine(io.shell, 'understudy', ...start.next(file))}\` ${start.shows}`)
}

/** A target file with a line for each role, to be thinned out. Its variables are in quotes, for editors' sake. */
function targetFor(api: CheckedApi): string {
  const { kit } = api
  const facts = Object.assign({}, ...Object.values(kit.roles).map((role) => role.facts ?? {})) as Role['facts']
  const context = api.mount(readSettings(api, {}))
  const states = [
    '# How provider states are arranged, and the clock is moved, if the server can do that; states: command or module, too.',
    '# states: { url: https://staging.example/qa/states }',
    '# clock: { url: https://staging.example/qa/clock }',
  ]
  return [
    `# A ${api.title} server to check: understudy verify <this file>`,
    `api: ${api.id}`,
    '# Up to and with the context path.',
    `baseUrl: https://staging.example${context}`,
    ...(kit.login === undefined
      ? []
      : ['# How the first factor is passed: jira, basic, cookie, header or command.', 'session: { kind: jira }']),
    `# The administrator's settings, where they are not the defaults; \`understudy diagnose\` finds them.${limitOf(kit)}`,
    ...settingsOf(kit),
    '# Accounts by role; what is left out is not reached. ${NAME} is taken from the environment, and never shown.',
    ...Object.entries(facts ?? {}).map(([fact, about]) => `# The fact ${fact} is ${about}.`),
    'accounts:',
    ...Object.entries(kit.roles).flatMap(([role, about]) => roleLines(role, about, api)),
    ...states,
    '',
  ].join('\n')
}

function settingsOf({ ownSettings = {} }: Kit): string[] {
  const own = Object.entries(ownSettings)
  if (own.length === 0) return ['settings: {}']
  return [
    'settings:',
    ...own.flatMap(([name, { about, value }]) => [`  # ${about}`, `  ${name}: ${JSON.stringify(value)}`]),
  ]
}

function limitOf({ lockout }: Kit): string {
  return lockout === undefined
    ? ''
    : `\n# Without ${lockout.after}, accounts that may not be locked are sent no wrong code.`
}

function roleLines(role: string, { about, facts = {}, isLocked, state, also = [] }: Role, api: CheckedApi): string[] {
  const { lockout, secretFacts, trial } = api.kit
  const names = (value: string): boolean => JSON.stringify([state, also]).includes(`"{${value}}"`)
  const name = role.toUpperCase().replaceAll('-', '_')
  const examples = Object.keys(facts).map((fact) => {
    const isSecret = [...api.secrets.members, ...(secretFacts ?? [])].includes(fact)
    return `${fact}: ${isSecret ? `"\${${name}_${fact.toUpperCase()}}"` : String(trial.facts[fact])}`
  })
  const members = [
    `username: qa-${role}`,
    ...(names('password') ? [`password: "\${${name}_PW}"`] : []),
    ...(names('pin') ? [`pin: "\${${name}_PIN}"`] : []),
    ...(role === lockout?.role ? ['mayBeLocked: true'] : []),
    ...(examples.length === 0 ? [] : [`facts: { ${examples.join(', ')} }`]),
  ]
  return [`  # ${about}${isLocked === true ? ' from the start' : ''}`, `  # ${role}: { ${members.join(', ')} }`]
}
