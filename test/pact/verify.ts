import { fork } from 'node:child_process'
import type { VerifierOptions } from '@pact-foundation/pact-core'
import type { World } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { pactFileOf } from './pact.ts'

/** What a verification found, by description of the interaction. */
export interface Verification {
  readonly kept: readonly string[]
  /** With what was wrong, in words. */
  readonly broken: { readonly [description: string]: readonly string[] }
}

/** Pact's own verifiers: of @pact-foundation/pact-core, or the one of @pact-foundation/pact that has a proxy before it. */
export type Verifier = 'verifier.js' | 'pact-js-verifier.js'

/** Verifies that a world, over HTTP, keeps the pact of one of its APIs. */
export async function verify(
  world: World,
  provider: string,
  file: string = pactFileOf(provider),
  verifier: Verifier = 'verifier.js',
): Promise<Verification> {
  const server = await listen(world)
  try {
    return await verifyServer(server.url, provider, '/__understudy/pact/states', file, verifier)
  } finally {
    await server.close()
  }
}

/** Verifies that a server keeps the pact of an API; it arranges the provider states itself, at a path of its own or a URL. */
export async function verifyServer(
  url: string,
  provider: string,
  statesPath: string,
  file: string = pactFileOf(provider),
  verifier: Verifier = 'verifier.js',
): Promise<Verification> {
  const report = await runVerifier(verifier, {
    provider,
    providerBaseUrl: url,
    pactUrls: [file],
    providerStatesSetupUrl: new URL(statesPath, url).href,
    providerStatesSetupTeardown: true,
    logLevel: 'error',
  })
  return readReport(report)
}

/** The verifier's report in JSON, or why there is none. */
function runVerifier(verifier: Verifier, options: VerifierOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    // Its proxy would ask for this machine through that of the company.
    const { HTTP_PROXY: _http, HTTPS_PROXY: _https, ...env } = process.env
    const child = fork(new URL(verifier, import.meta.url), { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the verifier ended with exit code ${code} and without a report`)))
    child.send(options)
  })
}

interface Report {
  readonly interactionResults: readonly { readonly description: string; readonly result: string }[]
  readonly errors: readonly { readonly interaction: string; readonly mismatch: Failure }[]
}

interface Failure {
  readonly message?: string
  readonly mismatches?: readonly { readonly mismatch: string }[]
}

function readReport(text: string): Verification {
  if (!text.startsWith('{')) throw new Error(`the verifier could not run: ${text}`)
  const { interactionResults, errors } = JSON.parse(text) as Report
  const descriptions = (ok: boolean): string[] =>
    interactionResults.filter(({ result }) => (result === 'OK') === ok).map(({ description }) => description)
  const broken = descriptions(false).map((description) => {
    const failure = errors.find(({ interaction }) => interaction.endsWith(` - ${description}`))?.mismatch
    const mismatches = failure?.mismatches?.map(({ mismatch }) => mismatch)
    return [description, mismatches ?? [failure?.message ?? 'no reason was given']] as const
  })
  return { kept: descriptions(true), broken: Object.fromEntries(broken) }
}
