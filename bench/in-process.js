import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What MSW's handlers and createFetch cost against the cheapest handler that each allows; in processes of their own. */
export function inProcess(say) {
  return ['fetch', 'msw', 'msw-3'].map((host) => {
    say(`in process: ${host}`)
    const file = fileURLToPath(new URL('in-process-host.js', import.meta.url))
    const { stdout, stderr, status } = spawnSync(process.execPath, [file, host], { encoding: 'utf8' })
    if (status !== 0) return { host, untold: stderr.trim().split('\n').at(-1) ?? `exit code ${status}` }
    return { host, ...JSON.parse(stdout) }
  })
}
