import { signal, type Signal } from '@preact/signals'

const name = 'understudy-admin-token'

/** The admin token, where the server wants one; kept as long as this tab. */
export const token: Signal<string> = signal(read())

/** Why a token is tokenWanted, in the words of the server. */
export const tokenWanted: Signal<string | undefined> = signal(undefined)

export function giveToken(given: string): void {
  tokenWanted.value = undefined
  token.value = given
  try {
    sessionStorage.setItem(name, given)
  } catch {
    // Then it is asked for again after a reload.
  }
}

function read(): string {
  try {
    return sessionStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}
