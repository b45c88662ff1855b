import { repeated } from './remembered.ts'

const threes = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))
const thousands = repeated(String)

/**
 * The digits of a count. V8 keeps the text of every number that it wrote, for when it is written again; a count is written once,
 * and its texts only crowd out others.
 */
export function digitsOf(count: number): string {
  const rest = count % 1000
  return count < 1000 ? String(count) : thousands((count - rest) / 1000) + (threes[rest] as string)
}
