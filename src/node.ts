export { listen, type Listener, type ListenOptions } from './adapters/node.ts'
export type { Certificate } from './adapters/certificate.ts'
export type { Limits } from './adapters/limits.ts'
export { trace, type TraceOptions } from './adapters/trace-file.ts'
