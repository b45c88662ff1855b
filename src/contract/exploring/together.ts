import { setImmediate } from 'node:timers/promises'

/** What is played at once. */
export interface Together<Item, Seat extends { readonly leave: () => void }> {
  /** So many at once, at most. */
  readonly jobs: number
  /** Makes the next one, while others are being played; undefined where there is no more. */
  readonly next: () => Promise<Item | undefined>
  /** Takes what one needs; undefined while another has it. */
  readonly engage: (item: Item) => Seat | undefined
  readonly play: (item: Item, seat: Seat) => Promise<void>
  /** Whether no more is to be begun. */
  readonly isOver: () => boolean
}

/** How many there were at once, at most, and how often one more could have been, had what it needs been free. */
export interface Occupancy {
  readonly most: number
  readonly idle: number
}

/**
 * Plays each as soon as what it needs is free, the oldest that can be played first. What throws ends it, once nothing is played
 * any more.
 */
export async function playTogether<Item, Seat extends { readonly leave: () => void }>({
  jobs,
  next,
  engage,
  play,
  isOver,
}: Together<Item, Seat>): Promise<Occupancy> {
  const waiting: Item[] = []
  const playing = new Set<Promise<void>>()
  const thrown: unknown[] = []
  const mayBegin = (): boolean => playing.size < jobs && thrown.length === 0 && !isOver()
  let [hasMore, most, idle] = [true, 0, 0]
  const begin = (item: Item): boolean => {
    const seat = engage(item)
    if (seat === undefined) return false
    const one = play(item, seat)
      .catch((error: unknown) => void thrown.push(error))
      .finally(() => {
        seat.leave()
        playing.delete(one)
      })
    playing.add(one)
    most = Math.max(most, playing.size)
    return true
  }
  for (;;) {
    const left = waiting.splice(0).filter((item) => !(mayBegin() && begin(item)))
    waiting.push(...left)
    if (mayBegin() && hasMore) {
      // To make one takes the machine's time: answers that have come are taken first.
      await setImmediate()
      const made = await next().catch((error: unknown) => void thrown.push(error))
      if (made === undefined) hasMore = false
      else waiting.push(made)
    } else if (playing.size > 0) {
      if (mayBegin() && waiting.length > 0) idle++
      await Promise.race(playing)
    } else if (thrown.length > 0) throw thrown[0]
    else return { most, idle }
  }
}
