// Links this package into examples/own-api, as `npm install` there does: a project of its own finds it by its name.
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Links the package whose directory is given into its example; once it is linked nothing changes. */
export function linkExample(root) {
  const modules = join(root, 'examples/own-api/node_modules')
  mkdirSync(modules, { recursive: true })
  try {
    symlinkSync(root, join(modules, 'auth-understudy'), 'junction')
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}
