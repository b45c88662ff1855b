import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A server under measurement, in a process of its own. */
export class Contestant {
  /** @param {{ name: string, command: string[], cwd?: string, env?: Record<string, string>, ready?: RegExp, does?: string[] }} spec */
  constructor(spec) {
    this.name = spec.name
    this.does = spec.does ?? ['info', 'user', 'auth']
    this.spec = spec
    this.url = ''
    this.cookie = ''
  }

  /** Resolves with the milliseconds from the start to the first answer. */
  async start() {
    const { command, cwd, env, ready = /(http:\/\/[\w.:[\]]+)/ } = this.spec
    const began = performance.now()
    const [file, ...args] = command
    this.child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.exited = new Promise((resolve) => this.child.once('exit', resolve))
    this.url = this.spec.url ?? (await firstMatch(this.child, ready))
    await firstAnswer(`${this.url}${paths.info}`)
    return performance.now() - began
  }

  /** Opens a session as alice, where the server knows such a thing. */
  async signIn() {
    if (!this.does.includes('user')) return
    const response = await fetch(`${this.url}/jira/rest/auth/1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"username":"alice","password":"alice"}',
    })
    await response.arrayBuffer()
    const session = response.headers.getSetCookie().find((line) => line.startsWith('JSESSIONID='))
    this.cookie = session?.split(';', 1)[0] ?? ''
  }

  /** Processor time so far, in milliseconds, of the process and its children that have ended. */
  cpu() {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  }

  /** The most memory so far, in megabytes. */
  peakMemory() {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  }

  async stop() {
    this.child.kill('SIGKILL')
    await this.exited
  }
}

export const paths = {
  info: '/jira/rest/securelogin-admin/1.0/api/info',
  user: '/jira/rest/securelogin-admin/1.0/api/user',
  auth: '/jira/rest/securelogin-admin/1.0/api/auth',
}

function firstMatch(child, pattern) {
  return new Promise((resolve, reject) => {
    const said = []
    const read = (stream) =>
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line)
        const match = pattern.exec(line)
        if (match) resolve(match[1])
      })
    read(child.stdout)
    read(child.stderr)
    child.once('exit', (code) => reject(new Error(`it ended with exit code ${code}:\n${said.join('\n')}`)))
    setTimeout(() => reject(new Error(`it was not ready in 60 s:\n${said.join('\n')}`)), 60_000).unref()
  })
}

async function firstAnswer(url) {
  for (const until = performance.now() + 60_000; performance.now() < until;) {
    try {
      await (await fetch(url)).arrayBuffer()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
  throw new Error(`${url} did not answer in 60 s`)
}
