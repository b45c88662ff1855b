import type { ClientAnswer } from '../../core/client-request.ts'
import { isJsonObject, type Json } from '../../core/json.ts'

/** A user of the CMS (GC-10). What a server tells is up to it, but for the id (GC-X21). */
export interface GenticsUser {
  readonly id: number
  /** Left out where the answer does not tell it: the open-source server does so in `me()` only (GC-O5, GC-O20). */
  readonly login?: string
  /** Empty where it is not told, as are the other texts. */
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly description: string
  /** Left out where the answer does not tell them: the open-source server does so in `me({ groups: true })` only. */
  readonly groups?: readonly GenticsGroup[]
}

/** A group of users, with those below it. */
export interface GenticsGroup {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly children: readonly GenticsGroup[]
}

/** Lenient but for what tells the user: servers leave out what is empty, and what they do not tell here. */
export function userOf(value: Json | undefined, answer: ClientAnswer): GenticsUser {
  const { id, login, firstName, lastName, email, description, groups } = isJsonObject(value) ? value : {}
  if (typeof id !== 'number') throw answer.unexpected('a user with an id')
  return {
    id,
    ...(typeof login === 'string' ? { login } : {}),
    firstName: textOrEmpty(firstName),
    lastName: textOrEmpty(lastName),
    email: textOrEmpty(email),
    description: textOrEmpty(description),
    ...(isMissing(groups) ? {} : { groups: groupsOf(groups) }),
  }
}

function groupsOf(value: Json | undefined): GenticsGroup[] {
  return (Array.isArray(value) ? value : []).filter(isJsonObject).map(({ id, name, description, children }) => ({
    id: Number(id),
    name: textOrEmpty(name),
    description: textOrEmpty(description),
    children: groupsOf(children),
  }))
}

/** A text, or an empty one. */
export function textOrEmpty(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Whether a member is not there, or says nothing. */
export function isMissing(value: Json | undefined): boolean {
  return value === undefined || value === null
}
