import { isJsonObject, sameJson, type Json, type JsonObject } from '../json.ts'
import type { Reply } from '../step.ts'
import { dataOf, inOwners, membersOf, withData, type Path } from './member-path.ts'
import type { ReplyBend } from './reply-bend.ts'
import { isWord, valueBends, type ValueBend } from './value-bends.ts'

/** More words than these are names rather than words that mean something. */
const mostWords = 12

/** Where bodies are that are no more than a word. */
const bodyAsText = ''

/** The words that the members of an API have anywhere, by path. */
export type Words = ReadonlyMap<string, readonly string[]>

/** Which words there are, by the path of the members that have them. */
export function wordsOf(replies: readonly Reply[]): Words {
  const texts = replies.flatMap(({ body }) => (typeof body === 'string' ? [body] : []))
  const all: readonly (readonly [string, readonly Json[]])[] = [
    ...membersOf(replies.flatMap(jsonOf)),
    [bodyAsText, texts],
  ]
  const found = all.map(([path, values]): [string, string[]] => {
    const words = values.filter((value): value is string => typeof value === 'string' && isWord.test(value))
    return [path, [...new Set(words)].toSorted()]
  })
  return new Map(found.filter(([, words]) => words.length > 1 && words.length <= mostWords))
}

/** Each member of some answers missing, by another name, of another type, with another value. */
export function memberBends(replies: readonly Reply[], words: Words): ReplyBend[] {
  const members = [...membersOf(replies.flatMap(jsonOf))]
  return [
    ...(words.get(bodyAsText) ?? []).map(instead),
    ...members.filter(([path]) => !path.includes('.')).map(([name]) => bare(name)),
    ...members.flatMap(([path, values]) => bendsOf(path, values, words.get(path) ?? [])),
  ]
}

function jsonOf(reply: Reply): Json[] {
  const data = dataOf(reply)
  return data === undefined ? [] : [data]
}

/** The body is a word that other answers have. */
function instead(word: string): ReplyBend {
  return {
    word: `is-${word}`,
    title: `the body is ${word}`,
    change: (reply) => (isWord.test(String(reply.body ?? '')) ? { ...reply, body: word } : reply),
  }
}

/** The body is no more than one of its members. */
function bare(name: string): ReplyBend {
  return {
    word: `bare-${name}`,
    title: `the body is its ${name} only`,
    change: (reply) => {
      const value = memberOf(dataOf(reply) ?? null, name)
      return value === undefined ? reply : withData(reply, value)
    },
  }
}

function bendsOf(path: string, values: readonly Json[], words: readonly string[]): ReplyBend[] {
  const at = path.split('.')
  const fitting = [...valueBends, ...words.map(being), ...partsOf(values).map(part)].filter(({ fits }) =>
    values.some(fits),
  )
  const name = at.at(-1) ?? ''
  const isObject = values.some(isJsonObject)
  return [
    ...fitting.map(({ word, title, fits, change }) =>
      inMember(at, `${word}-${path}`, `${path} ${title}`, (owner) => {
        const value = owner[name] ?? null
        return fits(value) ? replaced(owner, name, name, change(value)) : owner
      }),
    ),
    inMember(at, `renamed-${path}`, `${path} is called ${otherName(name)}`, (owner) =>
      replaced(owner, name, otherName(name), owner[name]),
    ),
    ...(isObject ? [inMember(at, `flat-${path}`, `${path} is told without the object around it`, flat)] : []),
  ]
}

function inMember(
  path: Path,
  word: string,
  title: string,
  change: (owner: JsonObject, name: string) => JsonObject,
): ReplyBend {
  return {
    word,
    title,
    change: (reply) => {
      const data = dataOf(reply)
      if (data === undefined) return reply
      const bent = inOwners(data, path, change)
      // What is told otherwise only in its spaces is told the same.
      return sameJson(data, bent) && sameOrder(data, bent) ? reply : withData(reply, bent)
    },
  }
}

function sameOrder(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** An object with a member by another name or value, or none, in its place. */
function replaced(owner: JsonObject, name: string, to: string, value: Json | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(owner).flatMap(([each, old]) =>
      each === name ? (value === undefined ? [] : [[to, value]]) : [[each, old]],
    ),
  )
}

function flat(owner: JsonObject, name: string): JsonObject {
  const { [name]: inner, ...rest } = owner
  return isJsonObject(inner) ? { ...rest, ...inner } : owner
}

function being(word: string): ValueBend {
  return {
    word: `is-${word}`,
    title: `is ${word}`,
    fits: (value) => typeof value === 'string' && value !== word && isWord.test(value),
    change: () => word,
  }
}

/** Texts that could stand for the object, or for each object of the list, that they are in. */
function partsOf(values: readonly Json[]): string[] {
  const objects = values.flat().filter(isJsonObject)
  const names = objects.flatMap((each) => Object.keys(each).filter((name) => typeof each[name] === 'string'))
  return [...new Set(names)]
}

function part(name: string): ValueBend {
  const short = (value: Json): Json => memberOf(value, name) ?? value
  return {
    word: `only-${name}-of`,
    title: `is its ${name} only`,
    fits: (value) => [value].flat().some((each) => memberOf(each, name) !== undefined),
    change: (value) => (Array.isArray(value) ? (value as readonly Json[]).map(short) : short(value)),
  }
}

function memberOf(value: Json, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** The name in the other spelling, or another name where there is only one. */
function otherName(name: string): string {
  const letters = name.replaceAll(/\W+/g, '')
  if (letters !== name) return letters
  const other = name.includes('_')
    ? name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return other === name ? `${name}Value` : other
}
