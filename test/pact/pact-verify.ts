import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import type { CheckFinding, Findings } from '../../src/contract/telling/findings.ts'
import { Terminal, type Result } from '../cli/terminal.ts'

/** What `pact verify` did: what any command does, and its findings. */
export interface Verified extends Result {
  readonly checks: readonly CheckFinding[]
  readonly ms: number
}

/** A directory with a target, in which pacts are verified. */
export class PactBench {
  readonly terminal: Terminal

  constructor(target: object, env: { readonly [name: string]: string } = {}) {
    this.terminal = new Terminal(env)
    this.write('target.yaml', stringify({ api: 'secure-login', ...target }))
  }

  write(name: string, content: string | object): void {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    writeFileSync(join(this.terminal.cwd, name), text)
  }

  /** Verifies a pact, given as a file or as what is in it. */
  async verify(pact: string | object, ...flags: readonly string[]): Promise<Verified> {
    if (typeof pact !== 'string') this.write('pact.json', pact)
    const file = typeof pact === 'string' ? pact : 'pact.json'
    const result = await this.terminal.run('pact', 'verify', file, '--target', 'target.yaml', '--json', ...flags)
    const { checks, ms } = (result.out === '' ? { checks: [], ms: 0 } : JSON.parse(result.out)) as Findings
    return { ...result, checks, ms }
  }
}

/** A pact with Secure Login, of version 3 unless it says otherwise. */
export function pactOf(interactions: readonly object[], more: object = {}): object {
  return {
    consumer: { name: 'app' },
    provider: { name: 'secure-login' },
    interactions,
    metadata: { pactSpecification: { version: '3.0.0' } },
    ...more,
  }
}

/** Whether the server gives what a consumer wants, whatever the contract says of it; undefined where nobody knows. */
export function isKept({ outcome, failures, because }: CheckFinding): boolean | undefined {
  if (outcome === 'passed') return true
  if (outcome === 'not reached') return undefined
  const told = failures[0]?.because ?? because ?? ''
  if (/; the server does not keep it either/.test(told)) return false
  return /; the server keeps it/.test(told)
}

/** A request that a server got. */
export interface Heard {
  readonly line: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** A server that does anything, and remembers what it was asked. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
): Promise<{ readonly url: string; readonly heard: Heard[]; readonly close: () => Promise<void> }> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    heard.push({ line: `${request.method} ${request.url}`, headers: request.headers, body })
    answer(request, response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  onTestFinished(close)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, close }
}
