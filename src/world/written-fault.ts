import type { FaultEffect } from '../core/effects.ts'
import type { FaultTarget } from '../core/fault.ts'
import type { WrittenHeaders } from '../core/header-field.ts'

/** A fault as somebody writes it. */
export type WrittenFault<On extends string = string> = Omit<FaultTarget, 'on'> &
  Omit<FaultEffect, 'delay' | 'headers'> & {
    readonly on: On
    /** How long to wait before the answer: `3s`. */
    readonly delay?: string
    readonly headers?: WrittenHeaders
    /** Ends by itself after so long: `10m`. */
    readonly for?: string
    /** Ends by itself then: an instant, or `+10m`. */
    readonly until?: string
  }
