import type { Oracle } from '../playing/oracle.ts'
import type { Player } from '../playing/player.ts'

/**
 * An oracle that remembers what it said, for one check that is played on many subjects, one after the other: what it
 * says depends on the check alone. Who gets further than all before goes on with the oracle itself.
 */
export class Rehearsal {
  readonly #oracle: Promise<Oracle>
  readonly #said: Promise<unknown>[] = []

  constructor(oracle: Promise<Oracle>) {
    this.#oracle = oracle
  }

  /** The oracle from the beginning. */
  async begin(): Promise<Pick<Oracle, 'player' | 'meaning'>> {
    const { player, meaning } = await this.#oracle
    let next = 0
    const remembered = <Said>(say: () => Promise<Said>): Promise<Said> => {
      const said = (this.#said[next] ??= say())
      next++
      return said as Promise<Said>
    }
    const again: Player = {
      baseUrl: player.baseUrl,
      now: () => player.now(),
      send: (call) => remembered(() => player.send(call)),
      open: (account) => remembered(() => player.open(account)),
      code: (account) => remembered(() => player.code(account)),
      freshCode: (account) => remembered(() => player.freshCode?.(account) ?? player.code(account)),
      wait: (ms) => remembered(() => player.wait(ms)),
      arrange: (state, params) => remembered(() => player.arrange(state, params)),
    }
    return { player: again, meaning }
  }
}
