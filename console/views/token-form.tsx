import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { giveToken, passRefused, tokenWanted } from '../model/token.ts'

/** Asks for the admin token; without it the server tells nothing. */
export function TokenForm(): JSX.Element {
  return (
    <section class="token" aria-labelledby="token-title">
      <h2 id="token-title">The admin token</h2>
      {passRefused.value === undefined ? null : <p class="wrong">{passRefused.value}</p>}
      <p>{tokenWanted.value}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          giveToken(String(new FormData(event.currentTarget).get('token')).trim())
        }}
      >
        <label>
          <span>Token</span>
          <input name="token" type="password" required autocomplete="off" />
        </label>
        <Button type="submit" look="main" icon="key">
          Enter
        </Button>
      </form>
      <p class="hint">It was printed where the server was started, and is forgotten when this tab is closed.</p>
    </section>
  )
}
