import { afterEach } from 'vitest'

interface Provider {
  readonly url: string
  close(): Promise<void>
}

/** An answer, read. */
export interface Answer {
  readonly status: number
  /** The last cookie that is set, as a client sends it back: hosts set others before that of the session. */
  readonly cookie: string
  readonly headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects
  readonly body: any
}

/** A server under test, and what a test may do to it. */
export interface Served {
  readonly url: string
  send(path: string, init?: RequestInit): Promise<Answer>
  sendJson(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  advance(milliseconds: number): Promise<void>
  attempts(): Promise<unknown>
}

const running: Provider[] = []
afterEach(async () => {
  for (const provider of running.splice(0)) await provider.close()
})

/** JSON, or the text where it is none although the server says so, as the CMS does of a refused session. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Starts a server for one test. */
export async function serve(starting: Promise<Provider>): Promise<Served> {
  const provider = await starting
  running.push(provider)
  const send = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(provider.url + path, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    const [cookie = ''] = (response.headers.getSetCookie().at(-1) ?? '').split(';')
    return { status: response.status, cookie, headers: response.headers, body: isJson ? asJson(text) : text }
  }
  const sendJson: Served['sendJson'] = (path, body, headers = {}) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    url: provider.url,
    send,
    sendJson,
    async advance(milliseconds) {
      const { status } = await sendJson('/qa/clock', { by: milliseconds })
      if (status !== 200) throw new Error('the clock did not move')
    },
    attempts: async () => (await send('/qa/attempts')).body,
  }
}
