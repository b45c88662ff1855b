export { handlers, type HandlersOptions } from './adapters/msw.ts'
