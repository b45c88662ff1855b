import { mediaType } from '../../core/http.ts'
import { isJsonObject, parseJson } from '../../core/json.ts'
import type { Word } from './word.ts'

type Request = Word['request']

/** What somebody might send by mistake instead of a request: something is left out, blank, or of another form. */
export function spoiltFrom(request: Request): Request[] {
  const { capture: _, ...plain } = request
  const { method, path, headers = {}, body } = plain
  const [where = '', query] = path.split('?')
  const found: Request[] = [{ ...plain, path: `${where}/${query === undefined ? '' : `?${query}`}` }]
  for (const name of Object.keys(headers).filter((each) => each !== 'content-type')) {
    const { [name]: _left, ...others } = headers
    found.push({ ...plain, headers: others }, { ...plain, headers: { ...headers, [name]: 'x' } })
  }
  for (const pairs of query === undefined ? [] : spoiltPairs(query)) found.push({ ...plain, path: `${where}?${pairs}` })
  if (body === undefined) {
    if (method === 'GET') found.push({ ...plain, method: 'HEAD' }, { ...plain, method: 'POST' })
    return found
  }
  found.push(
    ...spoiltTypes(plain, headers),
    ...spoiltBodies(body, headers).map((spoilt) => ({ ...plain, body: spoilt })),
  )
  return found
}

function spoiltTypes(plain: Request, headers: NonNullable<Request['headers']>): Request[] {
  const type = headers['content-type'] ?? 'text/plain'
  const others = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'].filter((each) => each !== type)
  return [`${type}; charset=UTF-8`, ...others].map((each) => ({
    ...plain,
    headers: { ...headers, 'content-type': each },
  }))
}

function spoiltBodies(body: string, headers: NonNullable<Request['headers']>): string[] {
  const codes = body.includes('{pin}') ? [' {pin}', '0{pin}'].map((code) => body.replaceAll('{pin}', code)) : []
  const type = mediaType(headers['content-type'])
  const value = type.endsWith('json') ? parseJson(body) : undefined
  if (value !== undefined && isJsonObject(value)) {
    const members = Object.keys(value).flatMap((name) => {
      const { [name]: _, ...others } = value
      return [others, { ...value, [name]: '' }, { ...value, [name]: null }].map((each) => JSON.stringify(each))
    })
    return [...codes, ...members, body.slice(0, -1), '[]']
  }
  return [...codes, ...(type.endsWith('x-www-form-urlencoded') ? spoiltPairs(body) : []), '']
}

/** Of a form or a query: each parameter left out, and blank. Which counts of two that are said no contract tells. */
function spoiltPairs(text: string): string[] {
  const pairs = text.split('&')
  return pairs.flatMap((pair, at) => {
    const [name] = pair.split('=')
    const instead = (...others: string[]): string =>
      [...pairs.slice(0, at), ...others, ...pairs.slice(at + 1)].join('&')
    return [instead(), instead(`${name}=`)]
  })
}
