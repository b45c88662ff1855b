import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { nodeHost } from '../hosts/node-host.ts'
import { origin, writePact, type WrittenPact } from '../contract/coverage/pact.ts'
import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, sameJson, inWords, type Json } from '../core/json.ts'
import { createWorldOn } from '../scenario/create-world.ts'
import type { World } from '../world/world.ts'
import { group, option, print, type Shell } from './command.ts'
import { pactCompareCommand } from './pact-compare.ts'
import { pactVerifyCommand } from './pact-verify.ts'
import type { Line } from './shown.ts'
import { readTracesOf, withTraceOptions, type TraceReaderOptions } from './traces.ts'

type WriteOptions = TraceReaderOptions & {
  readonly consumer?: string
  readonly provider?: string
  readonly out: string
  readonly overwrite?: boolean
}

/** `understudy pact …`: contracts of whoever uses the mock. */
export function pactCommand(shell: Shell): Command {
  return group('pact', 'consumers and their pacts', [
    pactVerifyCommand(shell),
    pactCompareCommand(shell),
    withTraceOptions(new Command('write'))
      .description('writes what traced tests asked as consumer pacts with provider states, one for each API')
      .addOption(option('--consumer <name>', 'who asked, such as mobile-app'))
      .addOption(option('--provider <name>', 'who answers, where it is one API; the id of the API if left out'))
      .addOption(option('--out <directory>', 'where the pacts go').default('pacts'))
      .addOption(option('--overwrite', 'replaces pacts of that name that were written otherwise'))
      .action((options: WriteOptions) => write(shell, options)),
  ])
}

interface Written extends Omit<WrittenPact, 'pact'> {
  readonly file: string
}

async function write(shell: Shell, options: WriteOptions): Promise<void> {
  const { io } = shell
  const consumer = readName('--consumer', options.consumer)
  const provider = options.provider === undefined ? undefined : readName('--provider', options.provider)
  const { lines, apis, commandCode } = await readTracesOf(shell, options)
  if (provider !== undefined && apis.length !== 1) {
    const ids = apis.map(({ id }) => id).join(', ')
    throw new UnderstudyError('ERR_USAGE', `--provider names one API; say which with --api: ${ids}.`)
  }
  const pacts: Written[] = []
  for (const api of apis) {
    const parties = { consumer, provider: provider ?? api.id }
    const { pact, ...written } = await writePact(api, lines, parties, stageFor(shell, api))
    if (written.interactions.length === 0) continue
    const file = join(resolve(io.cwd, options.out), `${consumer}-${parties.provider}.json`)
    if (options.overwrite !== true) await refuseToReplace(file)
    await mkdir(resolve(io.cwd, options.out), { recursive: true })
    await writeFile(file, `${JSON.stringify(pact, null, 2)}\n`)
    pacts.push({ ...written, file: relative(io.cwd, file) })
  }
  if (pacts.length === 0) {
    throw new UnderstudyError('ERR_USAGE', 'The traces have no exchange that a pact could hold, so none was written.')
  }
  print(shell, options, { consumer, pacts }, words)
  if (options.json !== true)
    for (const line of pacts.flatMap((pact) => [...leftOut(pact), ...guessed(pact)])) io.err(line)
  shell.exitWith(commandCode)
}

/** Makes worlds in which the API is where the traces found it, each once. */
function stageFor({ io }: Shell, api: AnyApi): (mount: string) => Promise<World> {
  const worlds = new Map<string, Promise<World>>()
  return (mount) => {
    const overrides = 'contextPath' in api.settings ? { [api.id]: { contextPath: mount } } : {}
    const world = worlds.get(mount) ?? createWorldOn(nodeHost(io.cwd, io.now), 'default', { apis: [api], overrides })
    worlds.set(mount, world)
    return world
  }
}

/** Names are parts of file names. */
function readName(flag: string, name: string | undefined): string {
  if (name === undefined) throw new UnderstudyError('ERR_USAGE', `Say who asked: ${flag} mobile-app.`)
  if (/^[\w][\w .-]{0,99}$/.test(name)) return name
  throw new UnderstudyError('ERR_USAGE', `${flag} takes letters, digits, spaces, dots and hyphens, not "${name}".`)
}

/** A pact that somebody wrote, or a test, is not lost by mistake. */
async function refuseToReplace(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const name = Object.keys(origin)[0] as keyof typeof origin
  try {
    const present: unknown = JSON.parse(text)
    const metadata = isJsonObject(present) ? present['metadata'] : undefined
    if (isJsonObject(metadata) && sameJson(metadata[name], origin[name])) return
  } catch {
    // Whatever it is, it is none of ours.
  }
  throw new UnderstudyError(
    'ERR_USAGE',
    `${file} was not written by this command; --overwrite replaces it all the same.`,
  )
}

function words({ pacts }: { readonly pacts: readonly Written[] }): Line[] {
  return pacts.map(
    ({ file, interactions }) => `${file}: ${interactions.length} interaction${interactions.length === 1 ? '' : 's'}`,
  )
}

function leftOut({ leftOut: all }: Written): string[] {
  return all.map(({ what, because }) => `left out: ${what}: ${because}`)
}

/** What a consumer would rely on without anybody's word, and what to do about it. */
function guessed({ guessed: all }: Written): string[] {
  return all.flatMap(({ interaction, guesses }) =>
    guesses.map(({ id, origin: said, text, choice, presupposes }) => {
      const here =
        presupposes === undefined ? choice : `with ${Object.entries(presupposes).map(settingWords).join(', ')}`
      const chosen = here === undefined ? '' : ` Here: ${here}.`
      const advice = `Do not rely on it before your server has shown it: understudy verify <target> --only ${id}`
      return `only this mock answers: ${interaction}: ${id} is ${said}, as no vendor says it: ${text}${chosen} ${advice}`
    }),
  )
}

function settingWords([name, value]: readonly [string, Json | undefined]): string {
  return `${name} ${inWords(value ?? null)}`
}
