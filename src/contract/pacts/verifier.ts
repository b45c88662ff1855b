import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, type JsonObject } from '../../core/json.ts'
import { readVerdict, type PactVerdict } from './verdict.ts'

/** Where a verifier finds whom it asks. */
export interface Provider {
  readonly baseUrl: string
  readonly statesUrl: string
  /** For how long it waits for an answer, in milliseconds. */
  readonly timeout: number
}

/**
 * Pact's own verifier, which alone says whether an answer is what a consumer wants. It is native code: it runs in a
 * process of its own, so that what it prints, or dies of, is nobody else's.
 */
export class PactVerifier {
  readonly #child: ChildProcess
  readonly #folder: string
  #printed = ''
  #count = 0

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child
    this.#folder = folder
    const keep = (chunk: Buffer): void => {
      this.#printed = (this.#printed + chunk.toString()).slice(-mostPrinted)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  /**
   * Starts the verifier that is installed for `cwd`, or else beside this package. Throws ERR_USAGE where there is none.
   */
  static async start(cwd: string): Promise<PactVerifier> {
    const core = findCore(cwd)
    const folder = await mkdtemp(join(tmpdir(), 'understudy-pact-'))
    const file = join(folder, 'verifier.mjs')
    await writeFile(file, childCode)
    // Nobody has asked for its reports of who uses it.
    const env = { ...process.env, PACT_DO_NOT_TRACK: 'true', ...withoutProxy }
    const child = fork(file, [pathToFileURL(core).href], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] })
    return new PactVerifier(child, folder)
  }

  /** Verifies a pact with one interaction. Throws ERR_USAGE where the verifier cannot run. */
  async verify(pact: JsonObject, { baseUrl, statesUrl, timeout }: Provider): Promise<PactVerdict> {
    const file = join(this.#folder, `${this.#count++}.json`)
    await writeFile(file, JSON.stringify(pact))
    this.#printed = ''
    const report = await this.#ask({
      provider: 'provider',
      providerBaseUrl: baseUrl,
      pactUrls: [file],
      providerStatesSetupUrl: statesUrl,
      providerStatesSetupTeardown: true,
      timeout,
      logLevel: 'error',
    })
    await rm(file)
    const verdict = readVerdict(report)
    if (verdict === undefined) throw broken(report)
    return verdict
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL')
      await once(this.#child, 'exit')
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  #ask(options: object): Promise<string> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => {
        reject(broken(`it ended with ${code === null ? 'a signal' : `exit code ${code}`}: ${this.#printed.trim()}`))
      }
      this.#child.once('exit', ended)
      this.#child.once('message', (message) => {
        this.#child.off('exit', ended)
        const { report, missing } = isJsonObject(message) ? message : {}
        if (typeof report === 'string') resolve(report)
        else reject(broken(String(missing)))
      })
      if (this.#child.connected) this.#child.send(options)
      else ended(this.#child.exitCode)
    })
  }
}

/** All that it asks is on this machine, and no proxy is to know the way. */
const withoutProxy = { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' }

/** How much of what it prints is kept, to tell why it ended. */
const mostPrinted = 2000

/** Text, as nothing in it is for the process that starts it; pact-core has been both kinds of module. */
const childCode = `
const { argv } = process
const loaded = import(argv[2]).then((core) => core.Verifier ?? core.default.Verifier)
process.on('message', async (options) => {
  const Verifier = await loaded.catch((error) => process.send({ missing: error.message }))
  if (typeof Verifier !== 'function') return
  // A verification that fails rejects with its report.
  const report = await new Verifier(options).verify().catch((error) => error.message)
  process.send({ report: String(report) })
})
process.on('disconnect', () => process.exit())
// Ctrl-C reaches every process of a terminal: whoever started this one has states to take back first.
process.on('SIGINT', () => undefined)
`

function findCore(cwd: string): string {
  for (const from of [join(cwd, 'package.json'), fileURLToPath(import.meta.url)]) {
    try {
      return createRequire(from).resolve('@pact-foundation/pact-core')
    } catch {
      // The next place.
    }
  }
  throw new UnderstudyError(
    'ERR_USAGE',
    "Pacts are verified by Pact's own verifier, which is not installed: npm install --save-dev @pact-foundation/pact-core@19",
  )
}

function broken(why: string): UnderstudyError {
  return new UnderstudyError('ERR_USAGE', `Pact's verifier could not run: ${why}`)
}
