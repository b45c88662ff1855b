import { bodyText, headerValue, type HttpRequest } from '../../../core/http.ts'

export const formType = 'application/x-www-form-urlencoded'

export function isForm(request: HttpRequest): boolean {
  return headerValue(request.headers, 'content-type')?.startsWith(formType) === true
}

/** A request with other parameters: in its query, and in its form if it has one. */
export function withParameters(
  change: (parameters: URLSearchParams) => URLSearchParams,
  parts: 'query' | 'both' = 'both',
): (request: HttpRequest) => HttpRequest {
  return (request) => {
    const query = change(new URLSearchParams(request.query)).toString()
    if (parts === 'query' || !isForm(request)) return { ...request, query }
    const form = change(new URLSearchParams(bodyText(request.body) ?? '')).toString()
    return { ...request, query, body: new TextEncoder().encode(form) }
  }
}

/** Parameters without one of them. */
export function lacking(name: string): (parameters: URLSearchParams) => URLSearchParams {
  return (parameters) => new URLSearchParams([...parameters].filter(([each]) => each !== name))
}
