import type { Command as Program } from 'commander';
import type { Command } from '../run.ts';

/** The completion script of a shell, made from the commands of the program themselves. */
export function completionOf(program: Program): Command<object> {
  return (_run, [shell = '']) => {
    const words = readWords(program);
    const script = shell === 'fish' ? fishScript(words) : shell === 'zsh' ? zshScript(words) : bashScript(words);
    return Promise.resolve({ value: { shell, script }, text: () => script.trimEnd() });
  };
}

interface Words {
  readonly name: string;
  readonly does: string;
  readonly options: readonly { readonly flag: string; readonly does: string; readonly choices: readonly string[] }[];
  readonly choices: readonly string[];
}

function readWords(program: Program): Words[] {
  return program.commands.map((command) => ({
    name: command.name(),
    does: command.description(),
    choices: [
      ...command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
      ...command.commands.map((one) => one.name()),
    ],
    // Those of a group are offered together: which of its commands is meant is not looked at.
    options: [command, ...command.commands]
      .flatMap((one) => one.options)
      .filter((option, at, all) => all.findIndex((other) => other.long === option.long) === at)
      .filter((option) => !option.hidden)
      .map((option) => ({ flag: option.long ?? '', does: option.description, choices: option.argChoices ?? [] })),
  }));
}

function bashScript(commands: readonly Words[]): string {
  const cases = commands.map(({ name, options, choices }) => {
    const flags = [...options.map((option) => option.flag), '--help', ...choices].join(' ');
    return `    ${name}) words="${flags}" ;;`;
  });
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter((option) => option.choices.length > 0)
      .map((option) => `    ${name},${option.flag}) words="${option.choices.join(' ')}" ;;`),
  );
  return `# ndi completion for bash: source <(ndi completion bash)
_ndi() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map((command) => command.name).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "\${COMP_WORDS[1]},\${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -o bashdefault -F _ndi ndi
`;
}

function zshScript(commands: readonly Words[]): string {
  const quote = (text: string) => text.replaceAll("'", "'\\''");
  const described = (text: string) => quote(text.replace(/[[\]:\\]/g, '\\$&'));
  const cases = commands.map(({ name, options, choices }) => {
    const flags = options.map((option) => {
      const values = option.choices.length > 0 ? `:value:(${option.choices.join(' ')})` : '';
      return `      '${option.flag}[${described(option.does)}]${values}' \\`;
    });
    const argument = choices.length > 0 ? `'*:value:(${choices.join(' ')})'` : `'*:path:_files'`;
    return `    ${name})\n      _arguments \\\n${flags.join('\n')}\n      ${argument} ;;`;
  });
  return `#compdef ndi
# ndi completion for zsh: source <(ndi completion zsh)
_ndi() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(({ name, does }) => `      '${name}:${described(does)}'`).join('\n')}
    )
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _ndi ndi
`;
}

function fishScript(commands: readonly Words[]): string {
  const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = commands.flatMap(({ name, does, options, choices }) => [
    `complete -c ndi -n __fish_use_subcommand -f -a ${name} -d ${quote(does)}`,
    ...options.map(
      (option) =>
        `complete -c ndi -n '__fish_seen_subcommand_from ${name}' -l ${option.flag.slice(2)} -d ${quote(option.does)}` +
        (option.choices.length > 0 ? ` -x -a ${quote(option.choices.join(' '))}` : ''),
    ),
    ...(choices.length > 0
      ? [`complete -c ndi -n '__fish_seen_subcommand_from ${name}' -x -a ${quote(choices.join(' '))}`]
      : []),
  ]);
  return `# ndi completion for fish: ndi completion fish | source\n${lines.join('\n')}\n`;
}
