import { headerValue } from '../../core/http.ts'
import { isJsonObject, parseJson, type Json } from '../../core/json.ts'
import type { ScriptedRequest } from './script.ts'
import { cookiesSet } from './set-cookies.ts'

/** What a step keeps of an answer, by name, and where it is. */
export type Kept = { readonly name: string } & (
  | { readonly from: 'body'; readonly path: readonly string[] }
  | { readonly from: 'header'; readonly header: string }
  /** `isKept`: the answer does not set it; the session has it of an earlier one. */
  | { readonly from: 'cookie'; readonly cookie: string; readonly isKept: boolean }
)

/** What there is to keep of an answer. A journey may want more: what the answer has not is nothing, and told by no tool. */
export function keptOf(request: ScriptedRequest): Kept[] {
  return Object.entries(request.step.capture ?? {}).flatMap(([name, place]): Kept[] => {
    const found = locate(place, request)
    return found === undefined ? [] : [{ name, ...found }]
  })
}

type Place<Each = Kept> = Each extends Kept ? Omit<Each, 'name'> : never

function locate(place: string, { answer, cookies }: ScriptedRequest): Place | undefined {
  const [from = '', ...path] = place.split('.')
  const named = path.join('.')
  if (from === 'header') return headerValue(answer.headers, named) ? { from, header: named } : undefined
  if (from === 'cookie') {
    const isSet = cookiesSet(answer).includes(named)
    return isSet || cookies.includes(named) ? { from, cookie: named, isKept: !isSet } : undefined
  }
  let value = path.length === 0 ? answer.body : parseJson(answer.body)
  for (const step of path) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(step)]
    else value = isJsonObject(value) ? value[step] : undefined
  }
  return value === undefined || value === null || value === '' ? undefined : { from: 'body', path }
}
