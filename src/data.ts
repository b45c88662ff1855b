export { createCollections, type Collections, type RecordCollection } from './data/collections.ts'
