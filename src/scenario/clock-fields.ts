import { duration, flag, moment, number } from '../core/field.ts'

/** How the clock of a scenario starts. */
export const clockFields = {
  at: moment({ about: "the world's time at the start; the host's if blank", optional: true }),
  frozen: flag({ about: 'whether the clock stands', optional: true }),
  scale: number({ about: 'world seconds per real second', optional: true, min: 0, max: 1_000_000 }),
  skew: duration({ about: "how far the mocked server's clock is off", optional: true }),
}
