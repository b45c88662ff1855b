/** Whether a value explains a recording. */
export type FitsAt = (value: number) => Promise<boolean>

/** Where a value may lie that explains a recording, and the nearest that does not. */
export interface Bounds {
  readonly from: number
  readonly below?: number
  readonly to: number
  readonly above?: number
}

/** Finds the bounds around a value that fits, from `least` to `most`, to within `step` of the bound itself. */
export async function boundsOf(
  fits: FitsAt,
  good: number,
  { least, most, step }: { readonly least: number; readonly most: number; readonly step: (value: number) => number },
): Promise<Bounds> {
  const [from, below] = good <= least || (await fits(least)) ? [least] : await narrow(fits, good, least, step)
  const [to, above] = good >= most || (await fits(most)) ? [most] : await narrow(fits, good, most, step)
  return {
    from: from,
    ...(below === undefined ? {} : { below }),
    to: to,
    ...(above === undefined ? {} : { above }),
  }
}

async function narrow(
  fits: FitsAt,
  good: number,
  bad: number,
  step: (value: number) => number,
): Promise<[good: number, bad: number]> {
  let [inside, outside] = [good, bad]
  while (Math.abs(inside - outside) > step(inside)) {
    // Durations are far apart: the middle of 1 second and a year is not half a year.
    const isFar = Math.max(inside, outside) > 4 * Math.min(inside, outside) && Math.min(inside, outside) >= 1000
    const middle = Math.round(isFar ? Math.sqrt(inside * outside) : (inside + outside) / 2)
    if (middle === inside || middle === outside) break
    if (await fits(middle)) inside = middle
    else outside = middle
  }
  return [inside, outside]
}
