import { bindingOf, type Binding } from '../../core/clause.ts'
import type { Kit } from '../../core/kit.ts'
import { Accepted } from './accepted.ts'
import type { Baseline } from './baseline.ts'
import { nowhere, type Address } from './curl.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import type { JsonObject } from '../../core/json.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** By what the answers of a server are judged. */
export interface Judge {
  readonly kit: Kit
  readonly isBinding: Binding
  readonly accepted: Accepted
  /** What is known to be amiss. */
  readonly baseline?: Baseline
  /** Where the server is, for the lines that ask it again. */
  readonly address: Address
}

/** Judges a target, at an instant in milliseconds; beside what an earlier run found, if that is given. */
export function judgeOf({ api, settings, target }: LoadedTarget, now: number, baseline?: Baseline): Judge {
  return {
    ...(baseline === undefined ? {} : { baseline }),
    kit: api.kit,
    isBinding: bindingOf(api.clauses, settings),
    accepted: new Accepted(target.accept, now),
    address: target,
  }
}

/** Judges a mock. */
export function mockJudge({ kit, clauses }: CheckedApi, settings: JsonObject): Judge {
  return { kit, isBinding: bindingOf(clauses, settings), accepted: new Accepted([], 0), address: nowhere }
}
