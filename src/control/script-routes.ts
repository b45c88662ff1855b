import { choice, integer, list, object, text } from '../core/field.ts'
import { posix, powershell } from '../core/shell-syntax.ts'
import { route } from './route.ts'

/** What a script can be written as, and what its file is called. */
export const scriptFiles = {
  scenario: 'world.yaml',
  cli: 'script.sh',
  vitest: 'script.test.ts',
  playwright: 'script.spec.ts',
} as const

export type ScriptKind = keyof typeof scriptFiles
export const scriptKinds = Object.keys(scriptFiles) as readonly ScriptKind[]

/** What was done in a world, as a file that does it again. */
export const scriptRoutes = [
  route('GET /requests/{id}/curl', {
    summary: 'a line for a shell that sends one request again',
    params: { id: text({ about: 'as the answer said in x-understudy-request' }) },
    query: { shell: choice(['posix', 'powershell'], { about: 'for which shell', default: 'posix' }) },
    answer: object({ line: text({ about: 'the line' }) }, { about: 'how to send it again' }),
    handle: async ({ world, params, query }) => {
      const { curlLineOf } = await import('./script/curl-line.ts')
      return { line: curlLineOf(world, params.id, query.shell === 'powershell' ? powershell : posix) }
    },
  }),
  route('GET /script', {
    summary: 'what was forced and asked since the world began, as a file that does it again; or the world as it is now',
    query: {
      as: choice(scriptKinds, {
        about: 'scenario: the world as it is now; cli: commands and curl; vitest, playwright: a test',
      }),
    },
    answer: object(
      {
        name: text({ about: 'what to call the file' }),
        file: text({ about: 'the file' }),
        requests: integer({ about: 'how many requests it sends' }),
        changes: integer({ about: 'how many changes it forces' }),
        remarks: list(text({ about: 'a sentence' }), { about: 'what it leaves out, and why' }),
      },
      { about: 'a script' },
    ),
    handle: async ({ world, query, load }) => {
      const name = scriptFiles[query.as]
      const { writeScript } = await import('./script/write-script.ts')
      return { name, ...(await writeScript(world, query.as, load)) }
    },
  }),
]
