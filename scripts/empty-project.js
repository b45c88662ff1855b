// Packs this package, and uses it in an empty project as whoever installs it would, on one Node after the other.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

/** Entries that load without the peers that an empty project does not have. */
const entries = ['auth-understudy', 'auth-understudy/client', 'auth-understudy/fetch', 'auth-understudy/node']

const script = `
const modules = await Promise.all(${JSON.stringify(entries)}.map((name) => import(name)))
const world = await modules[0].createWorld('lockout')
const fetch = modules[2].createFetch(world)
const { status } = await fetch('https://jira.example/jira/rest/securelogin-admin/1.0/api/info')
const server = await modules[3].listen(world)
const served = await globalThis.fetch(server.url + '/jira/rest/securelogin-admin/1.0/api/info')
await server.close()
const { createRequire } = await import('node:module')
const required = await createRequire(import.meta.url)('auth-understudy').createWorld('lockout')
if (required.secureLogin.user('tim').view().failures !== 2) throw new Error('require gives another world')
console.log(process.versions.node.split('.')[0], status, served.status)
`

/** What went wrong on a Node, or undefined. */
export function useInEmptyProject(root, node) {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-empty-'))
  const env = { ...process.env, NO_COLOR: '1', PATH: `${dirname(node)}${delimiter}${process.env.PATH}` }
  const run = (command, args, cwd = folder) => {
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', env, timeout: 120_000 })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`)
    return stdout.trim()
  }
  try {
    const packed = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root)
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, packed)])
    writeFileSync(join(folder, 'use.js'), script)
    const [line] = run(node, ['-p', 'process.versions.node.split(".")[0]']).split('\n')
    const used = run(node, ['use.js'])
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const told = run('npx', ['--offline', 'understudy', '--version'])
    const checked = run('npx', [
      '--offline',
      'understudy',
      'scenario',
      'check',
      'node_modules/auth-understudy/scenarios/lockout.yaml',
    ])
    if (used !== `${line} 200 200`) return `it answered ${used}`
    if (told !== version) return `npx understudy --version told ${told}`
    return checked.endsWith('ok') ? undefined : checked
  } catch (error) {
    return error.message
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
