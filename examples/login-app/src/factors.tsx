import { useState, type FormEvent, type ReactNode } from 'react'

/** Codes of authenticator apps are good for half a minute, and the next one. */
const harmlessDriftMs = 30_000

interface FirstFactorProps {
  readonly refused: boolean
  readonly onSubmit: (username: string, password: string) => void
}

export function FirstFactor({ refused, onSubmit }: FirstFactorProps): ReactNode {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit(username, password)
  }
  return (
    <form onSubmit={submit}>
      <h1>Sign in</h1>
      {refused && <p role="alert">That is not the right name and password.</p>}
      <label>
        Username
        <input
          autoComplete="username"
          required
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </label>
      <label>
        Password
        <input
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <button>Sign in</button>
    </form>
  )
}

interface SecondFactorProps {
  readonly refused: boolean
  readonly driftMs: number
  readonly onSubmit: (pin: string) => void
  readonly onLeave: () => void
}

export function SecondFactor({ refused, driftMs, onSubmit, onLeave }: SecondFactorProps): ReactNode {
  const [pin, setPin] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setPin('')
    onSubmit(pin)
  }
  return (
    <form onSubmit={submit}>
      <h1>Enter your PIN</h1>
      {refused && <p role="alert">That PIN was wrong. After a few wrong ones you have to wait.</p>}
      {Math.abs(driftMs) > harmlessDriftMs && <p role="note">{driftHint(driftMs)}</p>}
      <label>
        PIN
        <input
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={pin}
          // A space between the digits would make the right PIN a wrong one.
          onChange={(event) => setPin(event.target.value.replaceAll(/\D/g, ''))}
        />
      </label>
      <button disabled={pin === ''}>Go on</button>
      <button type="button" className="quiet" onClick={onLeave}>
        Sign out
      </button>
    </form>
  )
}

function driftHint(driftMs: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(driftMs) / 60_000))
  const away = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${driftMs > 0 ? 'behind' : 'ahead of'}`
  return `The clock of this device is ${away} the server's. Set it, or codes of an authenticator app may be refused.`
}
