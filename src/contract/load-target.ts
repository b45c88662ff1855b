import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { hostShell } from '../hosts/host-shell.ts'
import type { AnyApi } from '../core/api.ts'
import { check } from '../core/check.ts'
import { UnderstudyError, type Issue } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { commandLine, pathWord } from '../core/shell-syntax.ts'
import { inFileOrder, parseSource, type ParsedSource } from '../scenario/source.ts'
import { accountsOf } from './playing/assign-accounts.ts'
import { fromEnvironment, type Environment } from './target/environment.ts'
import { checkedApi, type CheckedApi } from './target/checked-api.ts'
import { createOracle } from './playing/oracle.ts'
import { proxiesFor } from './target/proxies.ts'
import { secretsOf } from './target/secrets.ts'
import { whyUnsendable } from './target/sendable.ts'
import { checkSettings } from './target/settings.ts'
import type { LoadedTarget } from './target/loaded-target.ts'
import { targetField, type Target } from './target/target.ts'
import { withTlsFiles } from './target/tls-files.ts'

/** Loads a target file. `${NAME}` stands for a variable of the environment. Throws ERR_TARGET_INVALID with places. */
export async function loadTarget(
  path: string,
  cwd: string,
  env: Environment,
  apis: readonly AnyApi[],
): Promise<LoadedTarget> {
  const full = resolve(cwd, path)
  const content = await readFile(full, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw new UnderstudyError('ERR_USAGE', `${path} cannot be read: ${error.message}.`)
    const advice = `\`${commandLine(hostShell, 'understudy', 'init', 'target', pathWord(path))}\` writes one.`
    throw new UnderstudyError('ERR_USAGE', `There is no target file ${path}. ${advice}`)
  })
  const { source, data, secrets, issues, unfilled } = fromEnvironment(content, env, (text) =>
    parseSource(text, path, 'ERR_TARGET_INVALID'),
  )
  const checked = check(targetField, data)
  issues.push(...checked.issues)
  // An empty `settings:` is null to YAML, and says no more than none.
  const written = checked.value && { ...checked.value, settings: checked.value.settings ?? {} }
  const invalid = (): UnderstudyError => toError(source, issues, unfilled)
  if (written === undefined) throw invalid()
  const api = await findApi(written, apis, issues)
  if (api === undefined) throw invalid()
  issues.push(...hostIssues(written, api))
  const target = { ...written, settings: plainSettings(written) }
  const { value: settings, issues: inSettings } = checkSettings(api, target.settings)
  issues.push(...inSettings, ...roleIssues(target, api), ...furtherIssues(target), ...sessionIssues(target))
  issues.push(...headerIssues(target, api), ...acceptIssues(target, api))
  const placed = await withFiles(target, dirname(full), issues)
  const proxies = proxiesFor(target, env, issues)
  if (settings === undefined || issues.length > 0) throw invalid()
  issues.push(...(await accountIssues(target, api)))
  if (issues.length > 0) throw invalid()
  return { path, target: placed, api, settings, secrets: [...secrets, ...secretsOf(target, api, proxies)], proxies }
}

async function findApi({ api: id }: Target, apis: readonly AnyApi[], issues: Issue[]): Promise<CheckedApi | undefined> {
  const checkable = apis.filter(({ loadKit }) => loadKit !== undefined)
  const found = checkable.find((api) => api.id === id)
  if (found !== undefined) return checkedApi(found)
  const ids = checkable.map((api) => api.id)
  const isPlayed = apis.some((api) => api.id === id)
  const advice = isPlayed
    ? ' It has no loadKit, so that it can only be played.'
    : nearestWord(id, ids) === undefined
      ? ` One of your own is named with --api ./${id}.js.`
      : ''
  const message = `"${id}" is not an API that can be checked; there are ${ids.join(', ')}.${advice}`
  issues.push(issue(['api'], message, id, ids))
  return undefined
}

function roleIssues({ accounts, further }: Target, api: CheckedApi): Issue[] {
  const roles = Object.keys(api.kit.roles)
  const sets = [{ path: ['accounts'], set: accounts }, ...further.map((set, at) => ({ path: ['further', at], set }))]
  return sets.flatMap(({ path, set }) =>
    Object.keys(set)
      .filter((role) => !roles.includes(role))
      .map((role) => {
        const message = `"${role}" is not a role of ${api.title}; there are ${roles.join(', ')}.`
        return { ...issue([...path, role], message, role, roles), onKey: true }
      }),
  )
}

/** Whoever was in two sets would play in two sequences at once. */
function furtherIssues({ accounts, further }: Target): Issue[] {
  const seen = new Set(Object.values(accounts).map(({ username }) => username))
  return further.flatMap((set, at) => {
    const all = Object.entries(set)
    const twice = all.flatMap(([role, { username }]) =>
      seen.has(username)
        ? [issue(['further', at, role, 'username'], `${username} is in another set of accounts already.`)]
        : [],
    )
    for (const [, { username }] of all) seen.add(username)
    return twice
  })
}

/** The settings that are said: what is recognised by answers is not, and the host product is said elsewhere. */
function plainSettings({ settings, host }: Target): JsonObject {
  const said = Object.entries(settings).filter(([, value]) => value !== 'auto')
  return { ...Object.fromEntries(said), ...host }
}

function hostIssues({ host, settings }: Target, api: CheckedApi): Issue[] {
  if (host === undefined) return []
  if (!Object.hasOwn(api.settings, 'product'))
    return [{ ...issue(['host'], `${api.title} runs in no host product; leave host out.`), onKey: true }]
  const { product } = settings
  return product === undefined || product === host.product
    ? []
    : [
        issue(
          ['settings', 'product'],
          `It is ${String(product)} here and ${host.product} in host; say it in host only.`,
        ),
      ]
}

/** What the mock could not play is no account of such a server either: a permalink with spaces, for instance. */
async function accountIssues({ accounts, further, settings }: Target, api: CheckedApi): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const [at, set] of [accounts, ...further].entries()) {
    const path = at === 0 ? ['accounts'] : ['further', at - 1]
    try {
      await createOracle(api, settings, accountsOf({ accounts: set }), 0)
    } catch (error) {
      if (!(error instanceof UnderstudyError)) throw error
      issues.push(...error.issues.map(({ message }) => ({ path, message })))
    }
  }
  return issues
}

/** A session that nothing is said of how to open would be not reached, check after check. */
function sessionIssues({ session: { kind, value, values, command } }: Target): Issue[] {
  if (kind === 'cookie' || kind === 'header') {
    const form =
      kind === 'cookie' ? { pattern: /^[^\s=;]+=/, told: 'NAME=value' } : { pattern: /^[^\s:]+:/, told: 'name: value' }
    const all = [value, ...Object.values(values)].filter((given) => given !== undefined)
    if (all.length === 0) return [issue(['session'], `kind: ${kind} needs a value, or values by username.`)]
    return all.every((given) => form.pattern.test(given))
      ? []
      : [issue(['session'], `A ${kind} is written \`${form.told}\`, which a value here is not.`)]
  }
  if (kind === 'command' && command === undefined)
    return [issue(['session'], 'kind: command needs a command that prints a cookie.')]
  return []
}

/** What accepts nothing, or everything, was not meant so. */
function acceptIssues({ accept }: Target, { clauses, title }: CheckedApi): Issue[] {
  const ids = clauses.map(({ id }) => id)
  return accept.flatMap((entry, index) => {
    const { clause, member, until } = entry
    const at = ['accept', index]
    if (clause !== undefined && !ids.includes(clause))
      return [issue([...at, 'clause'], `"${clause}" is not a clause of ${title}.`, clause, ids)]
    if (clause === undefined && entry.check === undefined && member === undefined)
      return [issue(at, 'It has to name a clause, a check or a member, or it would accept everything.')]
    return until === undefined || 'at' in until
      ? []
      : [issue([...at, 'until'], 'It has to be an instant, such as 2026-12-31T00:00:00Z: relative ones never come.')]
  })
}

/** What no request can carry is found out before there is one. */
function headerIssues({ headers }: Target, { kit }: CheckedApi): Issue[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const instead = kit.settingHeaders?.[name.toLowerCase()]
    if (instead !== undefined) {
      const message = `"${name}" is no header of every request: write ${instead} instead.`
      return [{ ...issue(['headers', name], message), onKey: true }]
    }
    const why = whyUnsendable(name, value)
    return why === undefined ? [] : [issue(['headers', name], why)]
  })
}

/** Files are named from where the target file is; those that are not there are found out here. */
async function withFiles(target: Target, directory: string, issues: Issue[]): Promise<Target> {
  const tls = withTlsFiles(target.tls, directory, issues)
  if (target.states.module === undefined) return { ...target, tls }
  const module = resolve(directory, target.states.module)
  await readFile(module).catch((error: Error) =>
    issues.push(issue(['states', 'module'], `${module} cannot be read: ${error.message}.`)),
  )
  return { ...target, tls, states: { ...target.states, module } }
}

function issue(path: Issue['path'], message: string, word = '', words: readonly string[] = []): Issue {
  const nearest = nearestWord(word, words)
  return { path, message, ...(nearest === undefined ? {} : { nearest }) }
}

/** Every mistake, in the order of the file. */
function toError(source: ParsedSource, issues: readonly Issue[], unfilled: (text: string) => string): UnderstudyError {
  const said = issues.map((each) => ({ ...each, message: unfilled(each.message) }))
  return inFileOrder('ERR_TARGET_INVALID', `The target ${source.file} cannot be used.`, source, said)
}
