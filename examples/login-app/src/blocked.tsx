import { useEffect, useState, type ReactNode } from 'react'

interface BlockedProps {
  /** By the server's clock. */
  readonly until: number
  readonly driftMs: number
  readonly onOver: () => void
  readonly onLeave: () => void
}

/** Counts the rest of a block down, and asks again when it is over. */
export function Blocked({ until, driftMs, onOver, onLeave }: BlockedProps): ReactNode {
  // What matters is the server's clock, so a device that is wrong counts to the right end.
  const left = (): number => Math.max(0, Math.ceil((until - Date.now() - driftMs) / 1000))
  const [seconds, setSeconds] = useState(left)

  useEffect(() => {
    const timer = setInterval(() => setSeconds(left), 250)
    return () => clearInterval(timer)
  }, [until, driftMs])
  useEffect(() => {
    if (seconds === 0) onOver()
  }, [seconds === 0])

  return (
    <>
      <h1>Too many wrong PINs</h1>
      <p>
        You can try again in <time>{spell(seconds)}</time>.
      </p>
      <button onClick={onOver}>Try again</button>
      <button className="quiet" onClick={onLeave}>
        Sign out
      </button>
    </>
  )
}

function spell(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
