export { listen, type Listener, type ListenOptions } from './adapters/node.ts'
