import type { ReactNode } from 'react'
import { Blocked } from './blocked.tsx'
import { FirstFactor, SecondFactor } from './factors.tsx'
import type { SecureLogin } from './secure-login.ts'
import { useSignIn, type SignIn } from './sign-in.ts'

/** The login screen: one card for each place on the way in. */
export function App({ server }: { readonly server: SecureLogin }): ReactNode {
  const way = useSignIn(server)
  return <section className="card">{show(way)}</section>
}

function show({ step, driftMs, signIn, enter, signOut, askAgain }: SignIn): ReactNode {
  switch (step.at) {
    case 'asking':
      return <p>One moment …</p>
    case 'first factor':
      return <FirstFactor refused={step.refused} onSubmit={signIn} />
    case 'second factor':
      return <SecondFactor refused={step.refused} driftMs={driftMs} onSubmit={enter} onLeave={signOut} />
    case 'blocked':
      return <Blocked until={step.until} driftMs={driftMs} onOver={askAgain} onLeave={signOut} />
    case 'onboarding':
      return (
        <>
          <h1>Set up your second factor first</h1>
          <p>This takes a desktop browser: sign in to Jira there once, and follow what it says. Then come back.</p>
          <button onClick={askAgain}>I have done that</button>
          <button className="quiet" onClick={signOut}>
            Sign out
          </button>
        </>
      )
    case 'inside':
      return (
        <>
          <h1>You are in</h1>
          <p>{step.secondFactor ? 'Both factors were right.' : 'The second factor is switched off for now.'}</p>
          <button className="quiet" onClick={signOut}>
            Sign out
          </button>
        </>
      )
    case 'trouble':
      return (
        <>
          <h1>Jira cannot be reached</h1>
          <p role="alert">{step.what}</p>
          <button onClick={askAgain}>Try again</button>
        </>
      )
  }
}
