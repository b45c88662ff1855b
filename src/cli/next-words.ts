import type { Command, Option } from 'commander'

/** What may come next on a command line, after words that are complete. `scenarios` are what a scenario may be called. */
export function nextWords(program: Command, words: readonly string[], scenarios: readonly string[]): string[] {
  let command = program
  let awaited: Option | undefined
  let given = 0
  for (const word of words) {
    if (awaited !== undefined) {
      awaited = undefined
      continue
    }
    if (word.startsWith('-')) {
      awaited = word.includes('=') ? undefined : optionOf(command, word)
      if (awaited?.required !== true) awaited = undefined
      continue
    }
    const next = command.commands.find((each) => each.name() === word || each.aliases().includes(word))
    if (next === undefined) given++
    else [command, given] = [next, 0]
  }
  if (awaited !== undefined) return [...(awaited.argChoices ?? [])]
  // Without a command it is served, and so a scenario may stand in its place.
  const asked = command === program ? (given === 0 ? 'scenario' : undefined) : argumentOf(command, given)?.name()
  return [
    ...(given === 0 ? command.commands.map((each) => each.name()) : []),
    ...(asked === 'scenario' ? scenarios : (argumentOf(command, given)?.argChoices ?? [])),
    ...optionsOf(command).map(({ long, short }) => long ?? short ?? ''),
    '--help',
  ]
}

/** The last argument of some goes on for ever. */
function argumentOf(
  { registeredArguments: all }: Command,
  index: number,
): Command['registeredArguments'][number] | undefined {
  const last = all.at(-1)
  return all[index] ?? (last?.variadic === true ? last : undefined)
}

function optionOf(command: Command, word: string): Option | undefined {
  return optionsOf(command).find(({ long, short }) => word === long || word === short)
}

function optionsOf({ options }: Command): readonly Option[] {
  return options.filter(({ hidden }) => !hidden)
}
