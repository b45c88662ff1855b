import { InvalidArgumentError, type Command, type Option } from 'commander'
import { isWorker } from '../server/workers.ts'
import type { Shell } from './command.ts'
import type { Config, ConfigValue } from './config.ts'
import { keyOf } from './config-key.ts'
import { findConfig } from './find-config.ts'
import { paint } from './shown.ts'

/**
 * Has the commands of a program take from a config what neither the command line nor the environment gives. It is looked for
 * when one of them runs, never for help.
 */
export function withConfig(program: Command, { io }: Shell): void {
  let reading: Promise<Config | undefined> | undefined
  const read = (): Promise<Config | undefined> => (reading ??= readFound(io.cwd))
  program.hook('preAction', async (_, command) => {
    const config = command.options.some(isConfigurable) ? await read() : undefined
    if (config === undefined) return
    const set = apply(config, command)
    // Workers have one speaker, which has said it.
    if (set.length > 0 && !isWorker()) io.err([paint('dim', `→ ${config.file} sets ${set.join(', ')}`)])
  })
  // Whether an option that has to be there is there would be asked before.
  for (const group of program.commands.filter(({ commands }) => commands.length > 0))
    group.hook('preSubcommand', async (_, command) => {
      const wanted = command.options.filter(({ mandatory }) => mandatory)
      if (wanted.length === 0) return
      const config = await read()
      for (const option of wanted) if (config?.values.has(keyOf(option)) === true) option.makeOptionMandatory(false)
    })
}

async function readFound(cwd: string): Promise<Config | undefined> {
  const found = findConfig(cwd)
  return found === undefined ? undefined : (await import('./config.ts')).readConfig(cwd, found)
}

function isConfigurable({ envVar, hidden }: Option): boolean {
  return envVar !== undefined && !hidden
}

/** Gives a command what a config says; tells which keys it took. */
function apply(config: Config, command: Command): readonly string[] {
  const set: string[] = []
  for (const option of command.options.filter(isConfigurable)) {
    const value = config.values.get(keyOf(option))
    const given = command.getOptionValueSource(option.attributeName())
    if (value === undefined || (given !== undefined && given !== 'default')) continue
    command.setOptionValueWithSource(option.attributeName(), parse(config, option, value), 'config')
    set.push(keyOf(option))
  }
  const scenario = config.values.get('scenario')
  const [first] = command.registeredArguments
  if (scenario !== undefined && first?.name() === 'scenario' && !first.required && command.args.length === 0) {
    command.processedArgs.splice(0, 1, scenario)
    set.unshift('scenario')
  }
  return set
}

/** As if it had been given in the environment. */
function parse(config: Config, option: Option, value: ConfigValue): unknown {
  if (typeof value === 'boolean') return value
  const { parseArg, variadic } = option
  const texts = [value].flat()
  if (parseArg === undefined) return variadic ? texts : texts.join(',')
  try {
    return texts.reduce((before: unknown, text) => parseArg(text, before), undefined)
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw config.refuse(keyOf(option), error.message)
    throw error
  }
}
