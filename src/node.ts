export { listen, type Listener, type ListenOptions } from './server/node.ts'
export {
  createRequestListener,
  type Next,
  type RequestListenerOptions,
  type UnderstudyListener,
} from './server/request-listener.ts'
export type { OwnHandler } from './server/own-handlers.ts'
export type { Certificate } from './server/certificate.ts'
export type { Limits } from './server/limits.ts'
export { trace, type TraceOptions } from './hosts/trace-file.ts'
