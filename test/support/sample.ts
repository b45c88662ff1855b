/** Whether everything is tested that `npm test` only samples; `npm run test:all` says so. */
export const isAll: boolean = process.env['UNDERSTUDY_TEST_ALL'] === '1'

/**
 * How often something is tried: `few` times in `npm test`, `all` in `npm run test:all`, and as often as a variable says
 * where there is one, such as UNDERSTUDY_TEST_KILLS.
 */
export function tries(variable: string, few: number, all: number): number {
  return Number(process.env[variable] ?? (isAll ? all : few))
}

/** Every so manieth of some, beginning with the first, in `npm test`; all of them in `npm run test:all`. */
export function sampled<Each>(all: readonly Each[], every: number): Each[] {
  return all.filter((_, index) => isAll || index % every === 0)
}
