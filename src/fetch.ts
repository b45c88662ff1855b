export { createFetch, type FetchOptions } from './adapters/fetch.ts'
