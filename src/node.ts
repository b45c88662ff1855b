export { listen, type Listener, type ListenOptions } from './server/node.ts'
export type { Certificate } from './server/certificate.ts'
export type { Limits } from './server/limits.ts'
export { trace, type TraceOptions } from './hosts/trace-file.ts'
