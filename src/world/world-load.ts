/** How much a world holds. */
export interface WorldLoad {
  readonly requests: number
  readonly requestBytes: number
  readonly records: number
  /** Of its scenario, if no other world plays the same, and of its large records. */
  readonly bytes: number
}
