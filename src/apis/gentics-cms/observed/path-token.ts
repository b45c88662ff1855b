import type { Context } from '../../../core/step.ts'
import type { Settings } from '../settings.ts'
import { readToken, type Token } from '../token.ts'

/** A suffix that is cut off before anything is looked at (GC-O29). */
const suffix = /\.(?:json|xml)$/

/** The path as the server looks for it: without suffix, and without a slash at the end. */
export function barePath(path: string): string {
  return path.replace(suffix, '').replace(/(?<=.)\/$/, '')
}

/** The sid or token in the path of an operation. */
export function pathToken({ params }: Pick<Context<Settings>, 'params'>): Token | undefined {
  const text = params['sid'] ?? ''
  try {
    return readToken(decodeURIComponent(text).replace(suffix, ''))
  } catch {
    return undefined
  }
}
