import { UnderstudyError, type ErrorCode } from './errors.ts'
import { codeOf, messageOf } from './thrown.ts'

/** For the `catch` of an import of what few need: where that package is not there, the sentence tells what to install. */
export function whereNotInstalled(name: string, code: ErrorCode, sentence: string): (error: unknown) => never {
  return (error) => {
    // Of a file within a package, `require` names the file.
    const isNamed = [`'${name}'`, `'${name}/`].some((words) => messageOf(error).includes(words))
    const isMissing = isNamed && /^(ERR_)?MODULE_NOT_FOUND$/.test(codeOf(error) ?? '')
    throw isMissing ? new UnderstudyError(code, sentence) : error
  }
}
