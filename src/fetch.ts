export { createFetch, type FetchOptions } from './hosts/fetch.ts'
