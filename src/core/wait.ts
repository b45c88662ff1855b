/** Calls back after so many milliseconds of the machine's time, whatever a world's clock says; the result stops it. */
export type Wait = (ms: number, action: () => void) => () => void

/** Where nobody waits for requests, as each turn ends by itself. */
export const waitForever: Wait = () => () => undefined
