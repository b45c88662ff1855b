import { createConfig, lint, type Config } from '@redocly/openapi-core'

let config: Promise<Config> | undefined

/** What Redocly finds in a document, an OpenAPI or an Arazzo one: each a line with its rule and place. */
export async function lintedByRedocly(file: string): Promise<string[]> {
  config ??= createConfig({ extends: ['recommended-strict'] })
  const problems = await lint({ ref: file, config: await config })
  return problems.map(
    ({ ruleId, message, location: [at] }) =>
      `${ruleId}: ${message} (${at !== undefined && 'pointer' in at ? String(at.pointer) : ''})`,
  )
}
