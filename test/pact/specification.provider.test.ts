import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { isKept, PactBench, pactOf, serve } from './pact-verify.ts'
import { specified, type Matcher, type SpecifiedCase } from './specification.ts'

type Version = SpecifiedCase['since']

/** How each version writes what a consumer wants. */
function interactionOf({ about, wanted, rules = {} }: SpecifiedCase, place: number, version: Version): object {
  const { body, ...others } = wanted
  const written = 'body' in wanted ? { body: version < 4 ? body : contentOf(wanted) } : {}
  const named = Object.entries(rules).map(([where, all]) => [where, [all].flat()] as const)
  return {
    ...(version < 4 ? {} : { type: 'Synchronous/HTTP' }),
    description: about,
    request: { method: 'GET', path: `/jira/case/${place}` },
    response: {
      status: 200,
      ...others,
      ...written,
      ...(named.length === 0 ? {} : { matchingRules: version < 3 ? flat(named) : grouped(named) }),
    },
  }
}

function contentOf({ headers, body }: SpecifiedCase['wanted']): unknown {
  const contentType = headers?.['Content-Type'] ?? 'application/json'
  return body === null ? { content: '' } : { content: body, contentType, encoded: false }
}

type Named = readonly (readonly [where: string, matchers: readonly Matcher[]])[]

/** Version 2 has one rule for each path: `$.body.login`, `$.headers.X-Trace`. */
function flat(named: Named): object {
  const path = (where: string): string =>
    where.startsWith('header ') ? where.replace('header ', '$.headers.') : where.replace('$', '$.body')
  return Object.fromEntries(named.map(([where, [first]]) => [path(where), first]))
}

/** Later versions have groups, and lists of rules. */
function grouped(named: Named): object {
  const groups: { [group: string]: { [where: string]: object } | object } = {}
  for (const [where, matchers] of named) {
    if (where === 'status') groups['status'] = { matchers }
    else if (where.startsWith('header ')) groups['header'] = { ...groups['header'], [where.slice(7)]: { matchers } }
    else groups['body'] = { ...groups['body'], [where]: { matchers } }
  }
  return groups
}

function answer(response: ServerResponse, { status = 200, headers = {}, body }: SpecifiedCase['given']): void {
  const type = typeof body === 'object' && body !== null ? { 'Content-Type': 'application/json' } : {}
  response.writeHead(status, { ...type, ...headers })
  response.end(body === undefined || body === null || typeof body === 'string' ? body : JSON.stringify(body))
}

it.each([1, 2, 3, 4] as const)("answers are judged as Pact's specification says, in version %i", async (version) => {
  const { url } = await serve((request, response) => {
    const found = specified[Number(/case\/(\d+)/.exec(request.url ?? '')?.[1] ?? -1)]
    if (found === undefined) response.end()
    else answer(response, found.given)
  })
  const all = specified.map((each, place) => ({ each, place })).filter(({ each }) => each.since <= version)
  const pact = pactOf(
    all.map(({ each, place }) => interactionOf(each, place, version)),
    { metadata: { pactSpecification: { version: `${version}.0.0` } } },
  )
  const { checks } = await new PactBench({ baseUrl: `${url}/jira` }).verify(pact)
  expect(checks.map((check) => `${check.title}: ${isKept(check) ?? check.because}`)).toEqual(
    all.map(({ each }) => `${each.about}: ${each.isKept}`),
  )
})
