import { integer } from '../core/field.ts'

/** How many requests there were, and how many had to go. */
export const countsOfRequests = {
  total: integer({ about: 'how many there were in all' }),
  evicted: integer({ about: 'how many were dropped to keep the latest' }),
  limit: integer({ about: 'how many are kept' }),
}
