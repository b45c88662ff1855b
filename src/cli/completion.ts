import { Argument, Command } from 'commander'
import type { Shell } from './command.ts'
import { nextWords } from './next-words.ts'

/** What a shell is told once; it asks this command for the words whenever Tab is pressed, and picks those that fit. */
const scripts = {
  bash: `_understudy() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(understudy completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _understudy understudy`,
  zsh: `_understudy() {
  local -a found
  found=("\${(@f)$(understudy completion words -- "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
  compadd -a found || _files
}
compdef _understudy understudy`,
  fish: `complete -c understudy -a '(understudy completion words -- (commandline -opc)[2..-1] 2>/dev/null)'`,
  powershell: `Register-ArgumentCompleter -Native -CommandName understudy -ScriptBlock {
  param($word, $ast, $position)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if ($word -ne '') { $words = @($words | Select-Object -SkipLast 1) }
  understudy completion words -- @words 2>$null | Where-Object { $_ -like "$word*" }
}`,
}

/** `understudy completion <shell>`: the script that has a shell complete commands, options and scenarios. */
export function completionCommand(shell: Shell): Command {
  const { io, rest } = shell
  return new Command('completion')
    .description(
      'prints what has a shell complete commands, options and scenarios: eval "$(understudy completion bash)"',
    )
    .addArgument(
      new Argument('<shell>', 'for which shell; `words -- …` prints what may come next, one to a line').choices([
        ...Object.keys(scripts),
        'words',
      ]),
    )
    .action(async (name: keyof typeof scripts | 'words', _options: object, command: Command) => {
      if (name !== 'words') return io.out(scripts[name].split('\n'))
      const { shipped } = await import('../scenario/shipped.ts')
      io.out(nextWords(command.parent ?? command, rest, Object.keys(shipped)))
    })
}
