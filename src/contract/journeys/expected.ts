import type { Issue } from '../../core/errors.ts'
import type { ExpectedAnswer, ExpectedPart, SendStep } from '../../core/journey.ts'
import { isJsonObject, type Json } from '../../core/json.ts'
import { messageOf } from '../../core/thrown.ts'
import { tellPart } from '../comparing/answer-part.ts'
import type { ParsedSource } from '../../scenario/source.ts'
import type { WrittenStep } from './journey-file.ts'
import { namedText, namedJson, type Naming, type NoteIssue } from './naming.ts'

/** What a step expects, with names as every journey has them. */
export function expectationOf(
  { status, headers, body, parts }: NonNullable<WrittenStep['expect']>,
  at: Issue['path'],
  naming: Naming,
): ExpectedAnswer {
  const names = Object.entries(headers)
  const places = partsOf(parts, [...at, 'parts'], naming.note)
  if (status === undefined && names.length === 0 && body === undefined && Object.keys(parts).length === 0)
    naming.note(at, 'It expects nothing: it has status, headers, body or parts.', { onKey: true })
  return {
    ...(status === undefined ? {} : { status }),
    ...(names.length === 0
      ? {}
      : {
          headers: Object.fromEntries(
            names.map(([name, value]) => [name, namedText(value, [...at, 'headers', name], naming)]),
          ),
        }),
    ...(body === undefined ? {} : { body: namedJson(body, [...at, 'body'], naming) }),
    ...(Object.keys(places).length === 0 ? {} : { parts: places }),
  }
}

/** By the dotted places of answers, as {@link capturesOf} has them. */
function partsOf(
  parts: NonNullable<WrittenStep['expect']>['parts'],
  at: Issue['path'],
  note: NoteIssue,
): NonNullable<ExpectedAnswer['parts']> {
  const all = Object.entries(parts).map(([from, said]): [string, ExpectedPart] => {
    const place = placeOf(from)
    if (place === undefined) note([...at, from], noPlace(from), { onKey: true })
    if (said === 'any' || said === 'absent') return [place ?? from, said]
    const like = said.slice(1, -1)
    try {
      RegExp(like)
    } catch (error) {
      note([...at, from], `${said} is no regular expression: ${messageOf(error)}.`)
    }
    return [place ?? from, { like }]
  })
  return Object.fromEntries(all)
}

function noPlace(from: string): string {
  return `"${from}" is no place in an answer: write $.state, $.users[0].name, $, cookie.NAME or header.NAME.`
}

/** What a step captures, by dotted paths: `$.users[0].name` is `body.users.0.name`. */
export function capturesOf(
  capture: WrittenStep['capture'],
  at: Issue['path'],
  taken: readonly string[],
  note: NoteIssue,
): NonNullable<SendStep['capture']> {
  const places = Object.entries(capture).map(([name, from]) => {
    if (taken.includes(name))
      note([...at, name], `"${name}" has a meaning already; take another name.`, { onKey: true })
    const place = placeOf(from)
    if (place === undefined) note([...at, name], noPlace(from))
    return [name, place ?? 'body']
  })
  return Object.fromEntries(places)
}

function placeOf(from: string): string | undefined {
  if (/^(cookie|header)\.[\w!#$%&'*+.^`|~-]+$/.test(from)) return from.startsWith('header.') ? from.toLowerCase() : from
  const path = /^(?:\$|body)((?:\.[^.[\]\s]+|\[\d+\])*)$/.exec(from)?.[1]
  return path === undefined ? undefined : `body${path.replaceAll(/\[(\d+)\]/g, '.$1')}`
}

/** Where a file says what is expected and captured, by where it would be missed. */
export function writtenPlaces(
  { expect, capture }: WrittenStep,
  at: Issue['path'],
  source: ParsedSource,
): NonNullable<SendStep['written']> {
  const paths: [where: string, path: Issue['path']][] = Object.keys(capture).map((name) => [
    `capture ${name}`,
    [...at, 'capture', name],
  ])
  const visit = (value: Json, where: string, path: Issue['path']): void => {
    paths.push([where, path])
    if (Array.isArray(value)) value.forEach((item: Json, index) => visit(item, `${where}[${index}]`, [...path, index]))
    else if (isJsonObject(value))
      for (const [name, member] of Object.entries(value)) visit(member ?? null, `${where}.${name}`, [...path, name])
  }
  paths.push(['status', [...at, 'expect', 'status']])
  for (const name of Object.keys(expect?.headers ?? {}))
    paths.push([`header ${name.toLowerCase()}`, [...at, 'expect', 'headers', name]])
  for (const from of Object.keys(expect?.parts ?? {}))
    paths.push([tellPart(placeOf(from) ?? from), [...at, 'expect', 'parts', from]])
  paths.push(['step', at])
  visit(expect?.body ?? null, 'body', [...at, 'expect', 'body'])
  const placed = paths.map(([where, path]) => [where, { path, place: source.locate({ path, message: '' }).place }])
  return Object.fromEntries(placed)
}
