/** A flat list of names and values in turn as pairs. A name that is left without a value is left out. */
export function pairs(flat: readonly string[]): [name: string, value: string][] {
  const list: [string, string][] = []
  for (let index = 0; index + 1 < flat.length; index += 2) list.push([flat[index] as string, flat[index + 1] as string])
  return list
}
