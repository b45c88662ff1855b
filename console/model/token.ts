import { signal, type Signal } from '@preact/signals'

const name = 'understudy-admin-token'

/** The admin token, where the server wants one; kept as long as this tab. */
export const token: Signal<string> = signal(read())

/** Why a token is tokenWanted, in the words of the server. */
export const tokenWanted: Signal<string | undefined> = signal(undefined)

/** Why the link that the page was opened by lets nobody in. */
export const passRefused: Signal<string | undefined> = signal(undefined)

export function giveToken(given: string): void {
  tokenWanted.value = undefined
  token.value = given
  try {
    sessionStorage.setItem(name, given)
  } catch {
    // Then it is asked for again after a reload.
  }
}

/** Gives back the pass that the address may have in its fragment, for a token; the rest of the fragment stays. */
export async function usePass(): Promise<void> {
  const [, pass, rest = ''] = /^#pass=([\w-]+)(?:&(.*))?$/.exec(location.hash) ?? []
  if (pass === undefined) return
  // Taken out of the address at once: it is not to be sent on.
  history.replaceState(null, '', `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`)
  const headers = { 'content-type': 'application/json' }
  const asked = { method: 'POST', headers, body: JSON.stringify({ pass }) }
  const answer = (await fetch('passes/exchange', asked)
    .then((response) => response.json())
    .catch(() => ({}))) as { readonly token?: string; readonly detail?: string }
  if (answer.token !== undefined) giveToken(answer.token)
  else passRefused.value = answer.detail ?? 'The server did not answer.'
  dispatchEvent(new HashChangeEvent('hashchange'))
}

function read(): string {
  try {
    return sessionStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}
