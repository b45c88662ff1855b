import { UnderstudyError } from '../core/errors.ts'

/** What people ask a world for, most of all. */
const members = [
  'secureLogin',
  'sirportly',
  'genticsCms',
  'clock',
  'faults',
  'requests',
  'asked',
  'next',
  'reset',
  'why',
]

/** The promise of a world that tells, in words, whoever has forgotten to await it and asks it for what a world has. */
export function promisedWorld<Made>(world: Promise<Made>): Promise<Made> {
  for (const member of members)
    void Object.defineProperty(world, member, {
      get: () => {
        const message = `"${member}" was asked of a promise: createWorld returns one. Say \`await createWorld(…)\`.`
        throw new UnderstudyError('ERR_WORLD_INVALID', message)
      },
    })
  return world
}
