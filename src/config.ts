import type { UnderstudyConfig } from './cli/config-keys.ts'

/**
 * A config of the command line, checked by the compiler: `understudy.config.ts` exports it as its default.
 *
 * @example
 * ```ts
 * import { defineConfig } from 'auth-understudy/config'
 *
 * const config = defineConfig({ scenario: 'lockout', port: 4100, apis: ['secure-login'] })
 * console.log(config.port) // 4100
 * export default config
 * ```
 * @since 0.1.0
 */
export function defineConfig(config: UnderstudyConfig): UnderstudyConfig {
  return config
}

export type { UnderstudyConfig } from './cli/config-keys.ts'
