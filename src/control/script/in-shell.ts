import { formatDuration } from '../../core/duration.ts'
import { printable } from '../../core/printable.ts'
import { shellQuote } from '../../core/shell-syntax.ts'
import type { Json } from '../../core/json.ts'
import { wireOf } from './in-test.ts'
import { piecesOf, type AskStep, type ForceStep, type WorldScript, type Value } from './script.ts'

/** A script as one of a POSIX shell: commands of `understudy`, and curl. */
export function inShell(script: WorldScript): string {
  const lines = script.steps.flatMap((step) => {
    switch (step.do) {
      case 'wait':
        return ['', `understudy clock advance ${formatDuration(step.ms)} >"$out"`]
      case 'remark':
        return ['', comment(step.text)]
      case 'force':
        return ['', comment(step.what), force(step)]
      case 'ask':
        return ['', comment(`${step.id}: ${step.what}`), ask(step, script.values)]
    }
  })
  return [
    '#!/bin/sh',
    comment(`What was forced and asked in world ${script.world}, which played ${script.scenarioName}.`),
    '# It plays in a world of its own: of the server that was started here, or at the address that is given.',
    '#   sh script.sh [http://127.0.0.1:4010]',
    ...script.remarks.map(comment),
    '',
    'steps() {',
    ...[
      `control POST /scenario ${word(JSON.stringify({ scenario: script.scenario }))}`,
      '# As time would pass while it runs.',
      'understudy clock freeze >"$out"',
      ...lines,
    ].map((line) => (line === '' ? '' : `  ${line}`)),
    '}',
    '',
    ...prelude,
    '',
    'steps',
    'exit "$failed"',
    '',
  ].join('\n')
}

const prelude = [
  'set -eu',
  'url=${1:-${UNDERSTUDY_URL:-}}',
  'export UNDERSTUDY_WORLD="${UNDERSTUDY_WORLD:-script}" UNDERSTUDY_NEW_WORLD=true',
  'if ! command -v understudy >/dev/null; then understudy() { npx --no-install understudy "$@"; }; fi',
  `[ -n "$url" ] || url=$(understudy status --json | node -p 'JSON.parse(require("fs").readFileSync(0)).servers[0].url')`,
  'export UNDERSTUDY_URL="$url"',
  'dir=$(mktemp -d)',
  `trap 'rm -rf "$dir"' EXIT`,
  'out=$dir/out failed=0',
  '',
  '# control <method> <path> <body>: what has no command.',
  'control() {',
  '  curl -sS -f -o "$out" -X "$1" -H "x-understudy-world: $UNDERSTUDY_WORLD" -H "content-type: application/json" \\',
  '    -H "authorization: Bearer ${UNDERSTUDY_ADMIN_TOKEN:-none}" --data-raw "$3" "$url/__understudy$2"',
  '}',
  '',
  `header() { grep -i "^$2:" "$dir/$1.head" | sed 's/^[^:]*: *//' | tr -d '\\r'; }`,
  '',
  '# ask <id> <status and clause> <path> <options of curl>: tells whether the answer is the same.',
  'ask() {',
  '  id=$1 want=$2 path=$3',
  '  shift 3',
  '  got=broken',
  '  if curl -sS -g --path-as-is -D "$dir/$id.head" -o "$dir/$id.body" -H "x-understudy-world: $UNDERSTUDY_WORLD" \\',
  '    -H "expect:" "$@" "$url$path" 2>"$dir/$id.err"; then',
  `    got="$(sed -n 's/^HTTP[^ ]* \\([0-9]*\\).*/\\1/p' "$dir/$id.head" | tail -n 1) $(header "$id" x-understudy-clause)"`,
  '  fi',
  '  if [ "$got" = "$want" ]; then echo "ok    $id $got"; else echo "WRONG $id $got, not $want"; failed=1; fi',
  '}',
  '',
  '# What an earlier answer told: cookie <id> <name>, member <id> <names>; and the code of an app: code <api> <user>.',
  `cookie() { header "$1" set-cookie | sed -n "s/^$2=\\([^;]*\\).*/\\1/p" | tail -n 1; }`,
  'member() {',
  '  file=$dir/$1.body',
  '  shift',
  `  node -p 'process.argv.slice(2).reduce((value, name) => value[name], JSON.parse(require("fs").readFileSync(process.argv[1])))' "$file" "$@"`,
  '}',
  `code() { understudy user show "$2" --api "$1" --json | node -p 'JSON.parse(require("fs").readFileSync(0)).code'; }`,
]

function ask({ id, method, path, headers, body, answer }: AskStep, values: readonly Value[]): string {
  const text = (words: string): string => inWord(words, values)
  const wanted = answer === undefined ? 'broken' : `${answer.status} ${answer.clause}`
  const parts = ['ask', id, word(wanted), text(path)]
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET' || body !== undefined) parts.push('-X', method)
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type')
  if (body !== undefined && !hasType) parts.push('-H', 'content-type:')
  // An empty value has a spelling of its own there.
  for (const [name, value] of headers) parts.push('-H', value === '' ? word(`${name};`) : text(`${name}: ${value}`))
  if (typeof body === 'string') parts.push('--data-raw', text(body))
  if (body === undefined || typeof body === 'string') return parts.join(' ')
  const octal = Array.from(body, (byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('')
  return `printf %b '${octal}' >"$dir/sent"; ${parts.join(' ')} --data-binary @"$dir/sent"`
}

function force(step: ForceStep): string {
  const line = commandFor(step)
  if (line !== undefined) return `understudy ${line.map(word).join(' ')} >"$out"`
  const { method, path, sent } = wireOf(step)
  return `control ${method} ${word(path.replace(/^\/__understudy/, ''))} ${word(sent)}`
}

/** The command that does the same, where one can say all of it. */
function commandFor({ route, params, body }: ForceStep): readonly string[] | undefined {
  const { api = '', username = '', id = '' } = params
  const pairs = Object.entries(body)
  const isPlain = pairs.every(([, value]) => isSayable(value))
  switch (route) {
    case 'PUT /users/{api}/{username}': {
      const { state, ...rest } = body
      const facts = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`)
      const isFlag = [username, String(state ?? '')].some((each) => each.startsWith('-'))
      if (!isPlain || isFlag || pairs.length === 0) return undefined
      return ['user', 'set', username, ...(state === undefined ? [] : [String(state)]), ...facts, '--api', api]
    }
    case 'PATCH /apis/{api}':
      return isPlain && pairs.length > 0
        ? ['api', 'set', api, ...pairs.map(([name, value]) => `${name}=${String(value)}`)]
        : undefined
    case 'POST /clock/advance':
    case 'POST /clock/skew':
      return typeof body['by'] === 'string' ? ['clock', route.slice('POST /clock/'.length), body['by']] : undefined
    case 'POST /clock/set':
      return typeof body['at'] === 'string' ? ['clock', 'set', body['at']] : undefined
    case 'POST /clock/next':
      return ['clock', 'next']
    case 'DELETE /faults':
      return ['fault', 'clear']
    case 'DELETE /faults/{id}':
      return ['fault', 'clear', id]
    default:
      return undefined
  }
}

/** Whether `name=value` says it: not a list, nor nothing. */
function isSayable(value: Json | undefined): boolean {
  return typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && value !== '')
}

/** A text as one word, in which values of earlier answers stand. */
function inWord(text: string, values: readonly Value[]): string {
  const parts = piecesOf(text)
  if (parts.length === 0) return "''"
  return parts.map((part) => (typeof part === 'number' ? valueOf(values[part] as Value) : word(part))).join('')
}

function valueOf(value: Value): string {
  if (value.kind === 'code') return `"$(code ${word(value.api)} ${word(value.username)})"`
  if (value.kind === 'cookie') return `"$(cookie ${value.of} ${word(value.name)})"`
  return `"$(member ${value.of} ${value.path.map(word).join(' ')})"`
}

function word(text: string): string {
  return text === '' ? "''" : shellQuote(text)
}

/** On one line, and nothing that a terminal takes for a command. */
function comment(text: string): string {
  return `# ${printable(text)}`
}
