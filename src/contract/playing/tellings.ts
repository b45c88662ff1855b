import type { HttpRequest } from '../../core/http.ts'
import type { Json } from '../../core/json.ts'
import type { SentPlace, SentPlaces } from '../../core/kit.ts'
import { readParams, readRequest } from '../../define/read-request.ts'

/** What stands at places of a request. */
type Told = { readonly [Fact in keyof SentPlaces]?: string }

/** What a request tells at the places that its API names; `path` is that of its operation, below wherever that is. */
export function tellings(places: SentPlaces, path: string, request: HttpRequest, basic: Told): Told {
  const { text, ...parts } = readRequest(request)
  const params = paramsIn(path, request.path)
  const at = (fact: keyof SentPlaces, place: SentPlace): Json | undefined => {
    if (place === 'text') return text
    if (place === 'basic') return fact === 'username' ? basic.username : basic.password
    const [, part = '', name = ''] = /^(\w+)\.(.*)$/s.exec(place) ?? []
    if (part === 'params') return params[name]
    return parts[part as keyof typeof parts][part === 'headers' ? name.toLowerCase() : name]
  }
  return Object.fromEntries(
    (['username', 'password', 'code'] as const).flatMap((fact) => {
      const place = places[fact]
      const found = place === undefined ? undefined : at(fact, place)
      return typeof found === 'string' || typeof found === 'number' ? [[fact, String(found)]] : []
    }),
  )
}

/** What stands for the placeholders of a path, whose last segments are the operation's own. */
function paramsIn(template: string, path: string): { readonly [name: string]: string | undefined } {
  const wanted = template.split('/').slice(1)
  const last = path.split('/').slice(-wanted.length)
  const found = wanted.map((segment, index) => [/^\{(\w+)\}$/.exec(segment)?.[1], last[index] ?? ''] as const)
  return readParams(Object.fromEntries(found.flatMap(([name, value]) => (name === undefined ? [] : [[name, value]]))))
}
