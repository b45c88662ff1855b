import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { loadTarget } from '../../src/contract/load-target.ts'
import { comparePacts } from '../../src/contract/pacts/comparison.ts'
import { readPact } from '../../src/contract/pacts/document.ts'
import { fromLink, toFragment } from '../../src/scenario/link.ts'
import { signature, type Parser } from './parser.ts'

/** A place for files: in memory, where there is such a place. */
export function scratch(): string {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'understudy-fuzz-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Target files: what `verify` and `diagnose` run against. */
export const targetFiles: Parser = {
  name: 'target files',
  longest: 600,
  corpus: [
    'api: secure-login\nbaseUrl: https://jira.example/jira\nsession: { kind: jira }\nsettings: { blockAfter: 3, blockFor: 30m }\naccounts:\n  enter: { username: qa-1, password: ${QA_PW}, totp: { secret: ${QA_TOTP} }, mayBeLocked: false }\n',
    'api: gentics-cms\nbaseUrl: https://cms.example\nsession: { kind: cookie, value: A=b }\nstates: { url: https://cms.example/qa/states }\n',
    'api: sirportly\nbaseUrl: http://127.0.0.1:4010\naccounts: { disposable: { username: u, password: p, mayBeLocked: true } }\n',
  ],
  words:
    'api: baseUrl: session: kind: basic header command settings: accounts: enter: disposable: totp: secret: ${QA_PW} ${NONE} ${ tls: ca: states: url: module: {'.split(
      ' ',
    ),
  open: async () => {
    const folder = scratch()
    const apis = Object.values(registry)
    const env = { QA_PW: 'geheim-7', QA_TOTP: 'JBSWY3DPEHPK3PXP' }
    return async (input) => {
      writeFileSync(join(folder, 'target.yaml'), input)
      try {
        const { target } = await loadTarget('target.yaml', folder, env, apis)
        return `ok ${target.api} ${target.session.kind}`
      } catch (error) {
        if (String(error).includes('geheim-7')) throw new Error('a secret is told', { cause: error })
        return signature(error)
      }
    }
  },
}

/** Pact files of others. */
export const pactFiles: Parser = {
  name: 'pact files',
  corpus: [
    '{"consumer":{"name":"c"},"provider":{"name":"p"},"interactions":[{"description":"SL-03 info","providerStates":[{"name":"s","params":{"username":"alice"}}],"request":{"method":"POST","path":"/a","query":{"sid":["0"]},"headers":{"Cookie":"a=b"},"body":{"a":1},"generators":{"path":{"type":"ProviderState","expression":"/x/${session}"},"header":{"Cookie":{"type":"ProviderState","expression":"A=${session}"}}}},"response":{"status":200,"headers":{"X":["a","b"]},"body":{"a":[1]},"matchingRules":{"body":{"$.a":{"matchers":[{"match":"type"}]}},"header":{}}}}],"metadata":{"pactSpecification":{"version":"3.0.0"}}}',
    '{"interactions":[{"description":"d","providerState":"s","request":{"method":"GET","path":"/","query":"a=b&c"},"response":{"status":204}}]}',
  ],
  words:
    '"interactions" "request" "response" "matchingRules" "generators" "body" "headers" "query" "status" null [] {}'.split(
      ' ',
    ),
  open: async () => async (input) => {
    try {
      const document = readPact(input, 'pact.json')
      const { interactions } = document
      const compared = await comparePacts([document], [document], 'nobody is asked')
      if (compared.interactions.length > 0) throw new Error('a pact is other than itself')
      return `ok ${interactions
        .map(({ states, request, mistakes }) => `${states.length} ${request?.method} ${mistakes.length}`)
        .join()
        .slice(0, 40)}`
    } catch (error) {
      return signature(error)
    }
  },
}

/** Links that hold a world. */
export const links: Parser = {
  name: 'links',
  corpus: [
    await toFragment({}),
    await toFragment({ kind: 'auth-understudy/snapshot', records: { 'secure-login/user:alice': { failures: 2 } } }),
    await toFragment({ description: 'x'.repeat(3000) }),
    'http://127.0.0.1:4010/__understudy/#world=',
  ],
  words: '#world= - _ = A + / % AAAA ____'.split(' '),
  open: async () => async (input) => {
    try {
      return `ok ${Object.keys(await fromLink(input)).length}`
    } catch (error) {
      return signature(error)
    }
  },
}
