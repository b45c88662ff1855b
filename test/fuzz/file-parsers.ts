import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import * as registry from '../../src/apis/registry.ts'
import { checkPlace } from '../../src/state-files/place.ts'
import { readState } from '../../src/state-files/reading.ts'
import { createWorld } from '../../src/index.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { shipped } from '../../src/scenario/shipped.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'
import { scratch } from './contract-parsers.ts'
import { signature, type Parser } from './parser.ts'

const limits = { journalLimit: 20, sessionLimit: 20, worldLimit: 5 }

const scenarioWords = [
  'description',
  'extends',
  'default',
  'seed',
  'clock',
  'at',
  'frozen',
  'scale',
  'skew',
  'people',
  'faults',
  'users',
  'secure-login',
  'sirportly',
  'gentics-cms',
  'state',
  'blocked',
  'onboarding',
  'pin',
  'totp',
  'secret',
  'until',
  'for',
  'failures',
  'blockAfter',
  'crowd',
  'accounts',
  'account',
  'twoFactor',
  'groups',
  'children',
  'name',
  'on',
  'reply',
  'status',
  'probability',
  'break',
  'reset',
  '  ',
  '\n  ',
  ': ',
  ': {',
  '}, ',
  '- {',
  '&a ',
  '*a',
  '<<: *a',
  '!!str ',
  '| ',
] as const

/** Scenario files, YAML and JSON: read, and what can be read is played. */
export const scenarios: Parser = {
  name: 'scenario files',
  longest: 900,
  corpus: [
    'extends: default\nseed: 7\nclock: { at: 2026-01-15T09:00:00Z, frozen: true, scale: 2, skew: 5m }\n',
    'secure-login:\n  blockAfter: 3\n  blockFor: 30m\n  users:\n    alice: { state: enter, pin: "910817", failures: 2 }\n    bob: { state: blocked, until: +30m }\n',
    'secure-login: { users: { a: {}, tara: { totp: {} } }, crowd: 10, active: false }\n',
    'sirportly:\n  lockAfter: 5\n  accounts:\n    atech: { allowFrom: [127.0.0.1/32] }\n  users:\n    - { username: adam, password: s3cret, account: atech, apiAccess: true, twoFactor: { code: "123456", failures: 2 } }\n',
    'gentics-cms:\n  dialect: observed\n  users:\n    node: { password: node, groups: [{ name: Editors, children: [{ name: Juniors }] }] }\n',
    'people: { ada: { firstName: Ada, secure-login: { state: enter }, gentics-cms: {} } }\nfaults: [{ on: "*", delay: 1s, times: 2 }]\n',
    JSON.stringify(shipped['lockout']),
  ],
  words: scenarioWords,
  open: async () => {
    const world = await createWorld('default', limits)
    let text = ''
    const files = { read: async () => text, resolve: (_: string, path: string) => path }
    const apis = Object.values(registry)
    return async (input) => {
      text = input
      try {
        const { setup } = await loadScenario('./fuzz.yaml', { apis, files })
        await world.startScenario(setup)
      } catch (error) {
        return signature(error)
      }
      for (const api of world.apis) api.users({ limit: 3 })
      const { status } = await world.play(request('GET', `${apiPath}/info`))
      if (status >= 500 && world.faults.list().length === 0) throw new Error(`status ${status}`)
      return `ok ${status} ${Object.keys(world.scenario.source).join()}`
    }
  },
}

/** Snapshots: restored, and what can be restored is played and can be saved again. */
export const snapshots: Parser = {
  name: 'snapshots',
  corpus: await snapshotTexts(),
  words:
    '"records" "clock" "at" "scale" "skewMs" "faults" "scenario" "startedAt" null "session: "secure-login/user:alice" "failures": "gentics-cms/sids" "sirportly/user:1" {"id":"f1","on":"*"}'.split(
      ' ',
    ),
  open: async () => {
    const world = await createWorld('default', limits)
    return (input) => {
      let data: unknown
      try {
        data = JSON.parse(input)
      } catch {
        return 'no JSON'
      }
      try {
        world.restore(data)
      } catch (error) {
        return signature(error)
      }
      world.checkSnapshot(JSON.parse(JSON.stringify(world.snapshot())))
      const answer = world.play(request('GET', `${apiPath}/user`, { headers: ['cookie', 'JSESSIONID=X'] }))
      if (answer instanceof Promise) return answer.then(({ status }) => `late ${status}`)
      if (answer.status >= 500 && world.faults.list().length === 0) throw new Error(`status ${answer.status}`)
      return `ok ${answer.status}`
    }
  },
}

async function snapshotTexts(): Promise<string[]> {
  const time = new HostTime('2026-01-15T09:00:00Z')
  const world = await createWorld(
    { 'secure-login': { users: { a: { pin: '1', displayName: 'A', emailAddress: 'a@x' } } } },
    { time: time.time },
  )
  const start = JSON.stringify(world.snapshot())
  const phone = await Phone.signIn(world, 'a')
  await phone.auth('2')
  world.faults.add({ on: 'secure-login.info', reply: { status: 418 }, times: 2, for: '5m' })
  world.secureLogin.set({ blockAfter: 5 })
  return [start, JSON.stringify(world.snapshot())]
}

/** State files: read from disk, with and without checksums that fit. */
export const stateFiles: Parser = {
  name: 'state files',
  corpus: [
    '{"kind":"auth-understudy/state","version":1,"scenario":{"name":"default","source":{}}}\n{"worlds":{"main":{"changes":{}}}}\n',
    ...(await snapshotTexts()).map(
      (whole) =>
        '{"kind":"auth-understudy/state","version":1,"scenario":{"name":"default","source":{}}}\n' +
        `{"worlds":{"main":{"whole":${whole},"realAt":1768467600000}},"snapshots":{"s":${whole}}}\n` +
        '{"worlds":{"main":{"changes":{"secure-login/user:a":{"failures":2},"clock":{"worldAt":1,"realAt":2,"scale":1,"frozen":false,"skewMs":0}}}}}\n',
    ),
  ],
  words: [
    '"worlds"',
    '"main"',
    '"whole"',
    '"changes"',
    '"snapshots"',
    '"scenario"',
    '"clock"',
    '"realAt"',
    'null',
    '\n',
    '{',
    '}',
  ],
  open: async () => {
    const path = join(scratch(), 'state')
    const place = { path, shown: 'state', time: () => 1_768_467_600_000 }
    const world = await createWorld('default', limits)
    return (input, random) => {
      writeFileSync(path, random.below(4) === 0 ? input : withChecksums(input))
      let reading: ReturnType<typeof readState>
      try {
        checkPlace(path, 'state')
        reading = readState(place, () => 'aside')
      } catch (error) {
        return signature(error)
      }
      const { state, notes } = reading
      if (state === undefined) {
        if (notes.length === 0) throw new Error('a file was dropped without a word')
        return notes.join().replaceAll(/\d+/g, '')
      }
      for (const snapshot of state.worlds.values()) {
        try {
          world.restore(snapshot)
        } catch (error) {
          return signature(error)
        }
      }
      return `${notes.join().replaceAll(/\d+/g, '')} ${state.worlds.size} ${state.snapshots.size}`
    }
  },
}

function withChecksums(text: string): string {
  const lines = text.split('\n').map((line) => `${crc32(line).toString(16).padStart(8, '0')} ${line}`)
  return text.endsWith('\n') ? `${lines.slice(0, -1).join('\n')}\n` : lines.join('\n')
}
