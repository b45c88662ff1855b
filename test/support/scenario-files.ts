import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of scenario files that is gone after the test: the files' paths, by the names they are written under. */
export function scenarioFiles<Name extends string>(texts: { readonly [name in Name]: string }): {
  [name in Name]: string
} {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'understudy-scenarios-')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const paths = Object.entries<string>(texts).map(([name, text]) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return [name, path] as const
  })
  return Object.fromEntries(paths) as { [name in Name]: string }
}
