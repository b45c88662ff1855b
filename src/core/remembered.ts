/** So many values are remembered before all are forgotten: what comes after them is as likely to be asked for again. */
const most = 1000

/** Texts that somebody sends may be as long as they like. */
const longest = 200

/**
 * The same function, which gives the text that it gave before: a text that is put together anew has to be hashed anew wherever it is
 * looked up, and every request looks for the same few.
 */
export function remembered(make: (part: string) => string): (part: string) => string {
  const made = new Map<string, string>()
  return (part) => {
    const before = made.get(part)
    if (before !== undefined) return before
    if (part.length > longest) return make(part)
    if (made.size >= most) made.clear()
    const text = make(part)
    made.set(part, text)
    return text
  }
}

/** The same function, which gives what it gave last where it is asked for the same again: at one time come many requests. */
export function repeated<Made>(make: (of: number) => Made): (of: number) => Made {
  let last: { readonly of: number; readonly made: Made } | undefined
  return (of) => {
    if (of !== last?.of) last = { of, made: make(of) }
    return last.made
  }
}
