import type { Wait } from '../core/wait.ts'

// As they were when this was loaded: a test that puts the clock under its own control must not keep others waiting.
const { setTimeout, clearTimeout } = globalThis

/** Waits by the machine's own time. */
export const machineWait: Wait = (ms, action) => {
  const timer = setTimeout(action, ms)
  return () => clearTimeout(timer)
}
