import type { World } from '../world/world.ts'

/** A part of the panel, which shows something of a world. */
export interface PanelPart {
  readonly element: HTMLElement
  /** Shows the world as it is now; what people have opened, focused or typed stays. */
  update(): void
}

/** What the parts are given: the world, and a way to say what became of something. */
export interface PanelContext {
  readonly world: World
  /** Does something, and tells what came of it, or what is wrong with it. */
  readonly attempt: (act: () => string | Promise<string>) => void
}
