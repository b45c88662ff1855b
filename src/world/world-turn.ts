/** Runs an attempt when no other copy of the world runs one, on the records as the others left them. */
export type WorldTurn = <Result>(attempt: () => Result) => Promise<Result>
