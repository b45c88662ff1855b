import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toYaml } from '../../src/scenario/to-yaml.ts'
import { withoutCommands } from '../../src/core/workflow-command.ts'
import { anyText, commandsIn, raw } from '../hostile/text.ts'

const whole = anyText.map((text) => Buffer.from(text).toString())

test('YAML reads back as the same data, and has nothing raw in it and no command to a CI system', async () => {
  const data = fc.record({ text: whole, list: fc.array(whole), map: fc.dictionary(whole, whole), long: fc.nat() })
  await fc.assert(
    fc.asyncProperty(data, async ({ long, ...value }) => {
      const written = { ...value, long: `${'word '.repeat(long % 60)}::error::pwn ##[error]` }
      const yaml = await toYaml(written, { lineWidth: 120 })
      expect(parse(yaml)).toEqual(written)
      expect(raw(yaml).filter((each) => each !== '\n')).toEqual([])
      expect(commandsIn(yaml)).toEqual([])
      // It can be printed as it is.
      expect(yaml.split('\n').map(withoutCommands).join('\n')).toBe(yaml)
    }),
  )
})

test('YAML of harmless texts is as anybody would write it', async () => {
  expect(await toYaml({ description: 'A text', lines: 'one\ntwo\n' })).toBe(
    'description: A text\nlines: |\n  one\n  two\n',
  )
})
