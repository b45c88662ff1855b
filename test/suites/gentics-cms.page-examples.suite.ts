import { expect } from 'vitest'
import type { Received } from '../hosts/host.ts'
import type { Behaviour } from './play.ts'
import { auth, Editor, loggedIn, rsaLogin } from './gentics-cms.visitor.ts'

// The shapes of the answers on the vendor's page, in its order. A list has one item here, as all of its are alike; `{}`
// is where the page shows no more.
const group = { id: 0, name: '', description: '', children: [{}] }
const senderOfPage = {
  id: 0,
  firstName: '',
  lastName: '',
  description: '',
  email: '',
  groups: [{}],
  login: '',
  password: '',
}
const user = { ...senderOfPage, groups: [group] }
const message = { fieldName: '', message: '', type: '', timestamp: 0, image: '', sender: senderOfPage, id: 0 }
const generic = { messages: [message], responseInfo: { responseCode: '', responseMessage: '' } }

type Shape = { readonly [member: string]: unknown }

/** Members and types of a value, in order, as far as the page shows them. */
function shapeOf(value: unknown, page: unknown): unknown {
  if (Array.isArray(value)) {
    const [item] = Array.isArray(page) ? page : []
    // Every item has the shape of the first.
    const shapes = value.map((each) => JSON.stringify(shapeOf(each, item)))
    expect(new Set(shapes).size).toBe(1)
    return [JSON.parse(shapes[0] as string)]
  }
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? 0 : ''
  const members = page as Shape
  if (Object.keys(members).length === 0) return {}
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member, members[name])]))
}

/** The answer has what the example has, in its order. Compared as text: an order that differs is another text. */
function expectExample(received: Received, status: number, page: Shape): void {
  expect(received.status).toBe(status)
  expect(received.headers).toContainEqual(['content-type', 'application/json'])
  expect(JSON.stringify(shapeOf(JSON.parse(received.body), page))).toBe(JSON.stringify(page))
}

/** Text with the sid in the place of the example's dots. */
function expectText({ status, headers, body }: Received): void {
  expect([status, body]).toEqual([200, '1'])
  expect(headers).toContainEqual(['content-type', 'text/plain'])
}

const two = [{ name: 'Below 1' }, { name: 'Below 2' }]
const scenario = {
  extends: 'cms-sso',
  'gentics-cms': {
    exposePasswords: true,
    users: {
      // Known by the id of the page's examples.
      node: {
        id: 12345,
        groups: [
          { name: 'Editors', children: two },
          { name: 'Juniors', children: two },
        ],
      },
    },
    messages: (['SUCCESS', 'INFO'] as const).map((type) => ({
      type,
      message: 'Words',
      fieldName: 'field',
      image: 'image.png',
      sender: 'node',
      id: 12345,
    })),
  },
}

const accept = { accept: 'application/json' }
const json = 'application/json'

/** Each example on the vendor's page. Of what it shows only `property` is never there, as nothing is said of it (GC-U5). */
export const pageExampleBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-01', 'GC-10', 'GC-11', 'GC-12'],
    title: 'GET /auth/validate/{sid} answers as the example on the page',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const received = await node.send('GET', `${auth}/validate/${node.token}`, undefined, undefined, accept)
      expectExample(received, 200, { user, ...generic })
    },
  },
  ...['login', 'ssologin'].map((name): Behaviour => ({
    clauses: ['GC-02'],
    title: `GET /auth/${name} answers as the example on the page`,
    scenario,
    play: async (scene) => {
      const node = new Editor(scene, { 'x-remote-user': 'node' })
      expectText(await node.send('GET', `${auth}/${name}`, undefined, undefined, { accept: 'text/plain' }))
    },
  })),
  {
    clauses: ['GC-03', 'GC-09', 'GC-10', 'GC-11', 'GC-12'],
    title: 'POST /auth/login answers as the example on the page',
    scenario,
    play: async (scene) => {
      const body = '{\n  "login" : "node",\n  "password" : "node"\n}'
      const received = await new Editor(scene).send('POST', `${auth}/login`, body, json, accept)
      expectExample(received, 201, { sid: '', user, ...generic })
    },
  },
  {
    clauses: ['GC-04', 'GC-09', 'GC-10', 'GC-11', 'GC-12'],
    title: 'POST /auth/loginwithrsa answers as the example on the page',
    scenario,
    play: async (scene) => {
      const body = JSON.stringify(await rsaLogin('node', 4_102_444_800))
      const received = await new Editor(scene).send('POST', `${auth}/loginwithrsa`, body, json, accept)
      expectExample(received, 201, { sid: '', user, ...generic })
    },
  },
  {
    clauses: ['GC-05', 'GC-09', 'GC-11', 'GC-12'],
    title: 'POST /auth/logout/{sid} answers as the example on the page',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      expectExample(await node.send('POST', `${auth}/logout/1`, undefined, undefined, accept), 201, generic)
    },
  },
  {
    clauses: ['GC-06', 'GC-09', 'GC-10', 'GC-11', 'GC-12'],
    title: 'POST /auth/hashpassword answers as the example on the page',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const body = '{\n  "password" : "s3cret",\n  "userId" : 12345\n}'
      const received = await node.send('POST', `${auth}/hashpassword?sid=1`, body, json, accept)
      expectExample(received, 201, { hash: '', user, ...generic })
    },
  },
  {
    clauses: ['GC-07', 'GC-09', 'GC-11', 'GC-12'],
    title: 'POST /auth/matchpassword answers as the example on the page',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const body = '{\n  "password" : "s3cret",\n  "hash" : "..."\n}'
      expectExample(await node.send('POST', `${auth}/matchpassword?sid=1`, body, json, accept), 201, generic)
    },
  },
  {
    clauses: ['GC-08', 'GC-11', 'GC-12'],
    title: 'GET /auth/globalprefix answers as the example on the page',
    scenario,
    play: async (scene) => {
      const received = await new Editor(scene).send('GET', `${auth}/globalprefix`, undefined, undefined, accept)
      expectExample(received, 200, generic)
    },
  },
]
