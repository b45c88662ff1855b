import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { placesFrom } from './found-servers.ts'

const names: readonly string[] = ['understudy.config.ts', 'understudy.config.js', 'understudy.config.yaml']

/** A config, and the directory it is in. */
export interface FoundConfig {
  readonly cwd: string
  readonly name: string
}

/**
 * The config of the nearest directory that has one: this one, or those above it up to the root of the repository. Throws
 * ERR_USAGE where a directory has two, or one whose name is nearly right.
 */
export function findConfig(cwd: string): FoundConfig | undefined {
  for (const place of placesFrom(cwd)) {
    const found = entriesOf(place).filter((name) => name.startsWith('understudy.config.'))
    const [name, second] = found
    if (name === undefined) continue
    const wrong = found.find((each) => !names.includes(each))
    if (wrong !== undefined)
      throw new UnderstudyError(
        'ERR_USAGE',
        `${join(place, wrong)} is not read: a config is called ${names.join(', or ')}.`,
      )
    if (second === undefined) return { cwd: place, name }
    throw new UnderstudyError('ERR_USAGE', `${place} has two configs, ${name} and ${second}: keep one of them.`)
  }
  return undefined
}

function entriesOf(place: string): readonly string[] {
  try {
    return readdirSync(place).sort()
  } catch {
    // Others may keep theirs to themselves.
    return []
  }
}
