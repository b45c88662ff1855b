export { createCollections, type Collections, type RecordCollection } from './adapters/data/collections.ts'
