// What a config may hold, from the options of all commands: its keys, its type, and its page.
import { commands } from '../dist/cli/commands.js'
import { keyOf, notForConfigs } from '../dist/cli/config-key.js'
import { createProgram } from '../dist/cli/program.js'
import { generated, silentShell } from './reference.js'
import { table } from './tables.js'

/** The scenario of `serve` is no option, but has its place in the config all the same. */
const scenario = {
  key: 'scenario',
  kind: 'id or file',
  uses: [
    { path: 'serve', about: 'a shipped name or a file' },
    { path: 'run', about: 'a shipped name or a file' },
  ],
}

/** Each key, with what it takes and the commands that have it. */
function configKeys() {
  const keys = new Map([['scenario', { ...scenario, uses: [...scenario.uses] }]])
  const visit = (command, path) => {
    for (const option of command.options) {
      if (option.envVar === undefined || option.hidden || notForConfigs.has(option.long)) continue
      const key = keyOf(option)
      const told = keys.get(key) ?? { key, kind: kindOf(option), choices: option.argChoices, uses: [] }
      keys.set(key, told)
      told.uses.push({ path: path.join(' '), about: option.description })
      // What is one value for one command may be several for another.
      if (kindOf(option) === 'ids or files') told.kind = 'ids or files'
    }
    for (const child of command.commands) visit(child, [...path, child.name()])
  }
  visit(createProgram(silentShell, commands), [])
  return [...keys.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
}

function kindOf(option) {
  if (!option.required) return 'flag'
  const isMany = isList(option)
  if (/<id or file(\.\.\.)?>$/.test(option.flags)) return isMany ? 'ids or files' : 'id or file'
  if (/<(files?|directory|folder)(\.\.\.)?>$/.test(option.flags)) return isMany ? 'files' : 'file'
  return isMany ? 'list' : 'text'
}

/** Whether an option may be given several times: what it makes of a second value then has both. */
function isList({ variadic, parseArg }) {
  if (variadic) return true
  try {
    return Array.isArray(parseArg?.('b', ['a']))
  } catch {
    return false
  }
}

const types = {
  flag: 'boolean',
  text: 'string | number',
  file: 'string',
  'id or file': 'string',
  list: 'string | readonly string[]',
  files: 'string | readonly string[]',
  'ids or files': 'string | readonly string[]',
}

/** The source of the type and of the table that a config is read by. */
export function configSource() {
  const keys = configKeys()
  const member = ({ key, kind, choices, uses: [first] }) => [
    `  /** ${first.about.replaceAll('*/', '*\\/')} (\`${first.path}\`) */`,
    `  readonly ${key}?: ${choices === undefined ? types[kind] : choices.map((word) => `'${word}'`).join(' | ')}`,
  ]
  return [
    '// Generated from the options of all commands by npm run generate.',
    '',
    '/** What `understudy.config.ts` may hold: the long options of the commands, `apis` and `scenario`. */',
    'export interface UnderstudyConfig {',
    ...keys.flatMap(member),
    '}',
    '',
    '/** What a key takes; a path counts from where the config is. */',
    `export type ConfigKind = ${Object.keys(types)
      .map((kind) => `'${kind}'`)
      .join(' | ')}`,
    '',
    '/** Every key, and what it takes. */',
    'export const configKeys: { readonly [key: string]: ConfigKind } = {',
    ...keys.map(({ key, kind }) => `  ${key}: '${kind}',`),
    '}',
    '',
  ].join('\n')
}

const words = {
  flag: '`true` or `false`',
  text: 'a text or a number',
  file: 'a path',
  list: 'a text, or a list of them',
  'id or file': 'a name or a path',
  files: 'a path, or a list of them',
  'ids or files': 'an id or a path, or a list of them',
}

/** The page of keys. */
export function configReference() {
  const rows = configKeys().map(({ key, kind, choices, uses }) => [
    `\`${key}\``,
    choices === undefined ? words[kind] : choices.map((word) => `\`${word}\``).join(' or '),
    uses.map(({ path }) => `\`${path}\``).join(', '),
    uses[0].about,
  ])
  return [
    `${generated}# Keys of a config`,
    '',
    'What `understudy.config.ts`, `.js` or `.yaml` may hold; [config.md](../config.md) tells where it is looked for. A key is for',
    'those commands that have the option, and tells here what it means for the first of them.',
    '',
    table(['key', 'value', 'commands', 'meaning'], rows),
    '',
  ].join('\n')
}
