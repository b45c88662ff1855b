/** The host's clock, moved by hand: what `createWorld` takes as `time`. */
export class HostTime {
  now: number

  constructor(start: string) {
    this.now = Date.parse(start)
  }

  readonly time = (): number => this.now

  pass(ms: number): void {
    this.now += ms
  }
}
