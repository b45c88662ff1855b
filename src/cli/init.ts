import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Command } from 'commander'
import * as registry from '../apis/registry.ts'
import type { AnyApi } from '../core/api.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import type { Kit } from '../core/kit.ts'
import { nearestWord } from '../core/nearest.ts'
import { group, option, type Shell } from './command.ts'

type InitFlags = { readonly api: string; readonly force?: boolean }

/** `understudy init …`: files to start from. */
export function initCommand(shell: Shell): Command {
  return group('init', 'files to start from', [
    new Command('target')
      .description('writes a target file: a server to check')
      .argument('[file]', 'where to', 'targets/staging.yaml')
      .addOption(
        option(
          '--api <id>',
          `which API: ${Object.values(registry)
            .map(({ id }) => id)
            .join(', ')}`,
        ).default('secure-login'),
      )
      .addOption(option('--force', 'overwrites a file'))
      .action((file: string, flags: InitFlags) => init(shell, file, flags)),
  ])
}

async function init({ io }: Shell, file: string, { api: id, force }: InitFlags): Promise<void> {
  const apis: readonly AnyApi[] = Object.values(registry)
  const api = apis.find((candidate) => candidate.id === id)
  if (api?.kit === undefined) {
    const ids = apis.map((candidate) => candidate.id)
    throw new UnderstudyError(
      'ERR_USAGE',
      `There is no API "${id}"; there are ${ids.join(', ')}.${didYouMean(nearestWord(id, ids))}`,
    )
  }
  const path = resolve(io.cwd, file)
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(path, targetFor(api, api.kit), { flag: force === true ? 'w' : 'wx' })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'EEXIST' ? 'it exists already; --force overwrites it' : message
    throw new UnderstudyError('ERR_USAGE', `${path} was not written: ${why}.`)
  }
  io.err(`wrote ${file}; \`understudy verify ${file} --plan\` shows what it would do`)
}

/** A target file with a line for each role, to be thinned out. */
function targetFor(api: AnyApi, kit: Kit): string {
  const context = api.mount(defaultsOf(api))
  const roles = Object.entries(kit.roles).flatMap(([role, { about, facts = {}, isLocked }]) => {
    const name = role.toUpperCase().replaceAll('-', '_')
    const told = Object.keys(facts).map((fact) => `${fact}: ""`)
    const members = [
      `username: qa-${role}`,
      `password: \${${name}_PW}`,
      ...(kit.lockout === undefined ? [] : [`pin: "\${${name}_PIN}"`]),
      ...(role === kit.lockout?.role ? ['mayBeLocked: true'] : []),
      ...(told.length === 0 ? [] : [`facts: { ${told.join(', ')} }`]),
    ]
    const locked = isLocked === true ? ' from the start' : ''
    return [`  # ${about}${locked}`, `  # ${role}: { ${members.join(', ')} }`]
  })
  return [
    `# A ${api.title} server to check: understudy verify <this file>`,
    `api: ${api.id}`,
    '# Up to and with the context path.',
    `baseUrl: https://staging.example${context}`,
    ...(kit.login === undefined
      ? []
      : ['# How the first factor is passed: jira, basic, cookie, header or command.', 'session: { kind: jira }']),
    "# The administrator's settings, where they are not the defaults; `understudy diagnose` finds them.",
    'settings: {}',
    '# Accounts by role; what is left out is not reached. ${NAME} is taken from the environment, and never shown.',
    'accounts:',
    ...roles,
    '# How provider states are arranged, and the clock is moved, if the server can do that: url, command or module.',
    '# states: { url: https://staging.example/qa/states }',
    '# clock: { url: https://staging.example/qa/clock }',
    '',
  ].join('\n')
}

function defaultsOf(api: AnyApi): object {
  return Object.fromEntries(
    Object.entries(api.settings as Record<string, { readonly default?: unknown }>).map(([name, field]) => [
      name,
      field.default,
    ]),
  )
}
