import type { AnyApi } from '../core/api.ts'
import { check } from '../core/check.ts'
import { effectList } from '../core/effects.ts'
import type { Issue } from '../core/errors.ts'
import { hasEffect, type Fault, type FaultSpec } from '../core/fault.ts'
import { object } from '../core/field.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Operation } from '../core/route.ts'
import { room, weigh } from './room.ts'
import type { AnySettings } from './any-settings.ts'

/** So many faults may be in force in a world. */
export const faultLimit = 1000

/** What is wrong with the faults of a world together, wherever they come from: each is asked about every request. */
export function crowdIssues(faults: readonly (FaultSpec | Fault)[], path: Issue['path']): readonly Issue[] {
  if (faults.length > faultLimit)
    return [{ path, message: `There are ${faults.length} faults; there may be ${faultLimit}.` }]
  if (weigh(faults) <= room.faults) return []
  return [{ path, message: `The faults of a world may take ${room.faults / 1_048_576} MiB; these are more.` }]
}

/** What is wrong with a fault's aim or effect although each member fits. */
export function faultIssues(spec: FaultSpec, apis: readonly AnyApi[]): readonly Issue[] {
  const targets = targetsOf(apis)
  const aims = targets.get(spec.on)
  const aim = aims === undefined ? aimIssue(spec.on, [...targets.keys()]) : []
  return [...aim, ...idleIssues(spec), ...errorIssues(spec, aims ?? [])]
}

/** An operation that a fault may strike. */
interface Aim {
  readonly api: AnyApi
  readonly operation: Operation<AnySettings>
}

/** What `on` may be, and the operations that it then stands for. */
function targetsOf(apis: readonly AnyApi[]): ReadonlyMap<string, readonly Aim[]> {
  const aimsOf = (api: AnyApi): Aim[] => api.operations.map((operation) => ({ api, operation }))
  return new Map<string, readonly Aim[]>([
    ['*', apis.flatMap(aimsOf)],
    ...apis.flatMap((api) => [
      [`${api.id}.*`, aimsOf(api)] as const,
      ...aimsOf(api).map((aim) => [nameOf(aim), [aim]] as const),
    ]),
  ])
}

function nameOf({ api, operation }: Aim): string {
  return `${api.id}.${operation.id}`
}

function aimIssue(on: string, targets: readonly string[]): readonly Issue[] {
  const nearest = targets.find((target) => target.endsWith(`.${on}`)) ?? nearestWord(on, targets)
  const message = `"${on}" is not an operation; there are ${targets.join(', ')}.`
  return [{ path: ['on'], message, ...(nearest === undefined ? {} : { nearest }) }]
}

function idleIssues(spec: FaultSpec): readonly Issue[] {
  if (hasEffect(spec)) return []
  const idle = effectList.filter(([name]) => spec[name] !== undefined)
  if (idle.length > 0)
    return idle.map(([name, { example }]) => ({
      path: [name],
      message: `changes nothing, so that the fault does nothing; write for example ${example}.`,
    }))
  const names = effectList.map(([name]) => name)
  const message = `The fault does nothing; say ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}.`
  return [{ path: ['on'], message }]
}

/** An error is worded by the API that is struck, so that it has to have words for it. */
function errorIssues({ error, reply }: FaultSpec, aims: readonly Aim[]): readonly Issue[] {
  if (error === undefined) return []
  const beside = (['body', 'contentType'] as const).filter((name) => reply?.[name] !== undefined)
  const issues: Issue[] = beside.map((name) => ({
    path: ['reply', name],
    message: 'has no effect beside error, which has a body of its own; leave one of them out.',
  }))
  const told = new Set<object>()
  const silent = aims.filter(({ api, operation }) => api.errorForm?.(operation.id) === undefined)
  if (silent.length > 0) issues.push(silentIssue(silent))
  for (const { api, operation } of aims) {
    const form = api.errorForm?.(operation.id)
    if (form === undefined || told.has(form)) continue
    told.add(form)
    const field = object(form.fields, { about: `an error of ${api.title}` })
    const place = aims.length === 1 ? '' : ` (${api.id}.${operation.id})`
    for (const issue of check(field, error, ['error'], 'stored').issues)
      issues.push({ ...issue, message: issue.message + place })
  }
  return issues
}

function silentIssue(silent: readonly Aim[]): Issue {
  const names = silent.map(nameOf).join(', ')
  const message = `The errors of ${names} have no form of their own; say reply with a status, or name other operations in on.`
  return { path: ['error'], message }
}
