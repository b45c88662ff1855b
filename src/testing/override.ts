import { checkOptions } from '../core/check-options.ts'

interface Overriding {
  override: (...given: never[]) => unknown
}

/** Has `override` of a `test` throw ERR_USAGE for a fixture that there is not, which Vitest would take for a new one. */
export function tellMisspelt<Test extends Overriding>(test: Test, known: { readonly [fixture: string]: true }): Test {
  const { override } = test
  return Object.assign(test, {
    override(this: Test, ...given: never[]): unknown {
      const [first] = given as readonly unknown[]
      checkOptions('test.override', typeof first === 'string' ? { [first]: true } : first, known)
      return override.apply(this, given)
    },
  })
}
