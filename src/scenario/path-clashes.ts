import type { AnyApi } from '../core/api.ts'
import type { Issue } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'

/** What two APIs of a scenario answer, of which only the first would ever be asked. */
export function* pathClashes(apis: readonly AnyApi[], sectionOf: (api: AnyApi) => JsonObject): Iterable<Issue> {
  const taken = new Map<string, readonly [api: AnyApi, operation: string]>()
  for (const api of apis) {
    const section = sectionOf(api)
    for (const operation of api.operations) {
      if (operation.isThere?.(section) === false) continue
      for (const path of operation.paths) {
        // What a placeholder is called makes no difference.
        const place = (api.mount(section) + path).replaceAll(/\{\w+\}/g, '{…}')
        for (const method of operation.methods.length === 0 ? ['*'] : operation.methods) {
          const [first, other] = taken.get(`${method} ${place}`) ?? [api, '']
          if (first === api) taken.set(`${method} ${place}`, [api, operation.id])
          else yield clash(`${method} ${place}`, `${told(first, other)} and ${told(api, operation.id)}`)
        }
      }
    }
  }
}

function clash(request: string, both: string): Issue {
  return {
    path: ['apis'],
    message: `${request} is answered by ${both}: let one of them play, or give one another path`,
  }
}

function told({ id, file }: AnyApi, operation: string): string {
  return `${id}.${operation}${file === undefined ? '' : ` (${file})`}`
}
