export { listen, type Listener, type ListenOptions } from './adapters/node.ts'
export { trace, type TraceOptions } from './adapters/trace-file.ts'
