import { useEffect, useState } from 'react'
import type { Info, SecureLogin } from './secure-login.ts'

/** Where somebody is on the way in. */
export type Step =
  | { readonly at: 'asking' }
  | { readonly at: 'first factor' | 'second factor'; readonly refused: boolean }
  | { readonly at: 'onboarding' }
  | { readonly at: 'blocked'; readonly until: number }
  | { readonly at: 'inside'; readonly secondFactor: boolean }
  | { readonly at: 'trouble'; readonly what: string }

/** The way in, and what can be done on it. */
export interface SignIn {
  readonly step: Step
  /** How far the server's clock is ahead of this device's. */
  readonly driftMs: number
  readonly signIn: (username: string, password: string) => void
  readonly enter: (pin: string) => void
  readonly signOut: () => void
  readonly askAgain: () => void
}

/** While the second factor is switched off, the server is asked so often whether it still is. */
const askAgainAfterMs = 5 * 60_000

export function useSignIn(server: SecureLogin): SignIn {
  const [step, setStep] = useState<Step>({ at: 'asking' })
  const [driftMs, setDrift] = useState(0)

  const find = async (refused: boolean): Promise<Step> => {
    const info = await server.info()
    if (info === undefined) return { at: 'first factor', refused }
    setDrift(info.driftMs)
    return findStep(server, refused)
  }
  const go = async (act: () => Promise<boolean>): Promise<void> => {
    try {
      const wentWell = await act()
      setStep(await find(!wentWell))
    } catch (error) {
      setStep({ at: 'trouble', what: error instanceof Error ? error.message : String(error) })
    }
  }
  const askAgain = (): void => void go(async () => true)

  useEffect(askAgain, [server])
  // A device that slept, or whose clock was set, counts from another time.
  useEffect(() => {
    const askTheTime = (): void => {
      const take = (info: Info | undefined): void => {
        if (info !== undefined) setDrift(info.driftMs)
      }
      // Whoever cannot be reached now is asked at the next step.
      server.info().then(take, () => undefined)
    }
    window.addEventListener('focus', askTheTime)
    return () => window.removeEventListener('focus', askTheTime)
  }, [server])
  const isWithout = step.at === 'inside' && !step.secondFactor
  useEffect(() => {
    if (!isWithout) return undefined
    const timer = setInterval(askAgain, askAgainAfterMs)
    return () => clearInterval(timer)
  }, [isWithout])

  return {
    step,
    driftMs,
    askAgain,
    signIn: (username, password) => void go(() => server.signIn(username, password)),
    enter: (pin) => void go(() => server.enter(pin)),
    signOut: () =>
      void go(async () => {
        await server.signOut()
        return true
      }),
  }
}

async function findStep(server: SecureLogin, refused: boolean): Promise<Step> {
  const user = await server.user()
  switch (user.state) {
    case 'signed-out':
      return { at: 'first factor', refused }
    case 'enter':
      return { at: 'second factor', refused }
    case 'onboarding':
      return { at: 'onboarding' }
    case 'blocked':
      return { at: 'blocked', until: user.until }
    case 'inactive':
      return { at: 'inside', secondFactor: false }
    case 'bypass':
      return { at: 'inside', secondFactor: true }
  }
}
