import type { Finder } from './answers.ts'

/** Reads a multipart form as the platform's own fetch does. Files count as their contents. */
export const multipart: Finder<'multipart'> = {
  find: async ({ contentType, body }) => {
    const bytes = Uint8Array.from(body, (character) => character.charCodeAt(0))
    try {
      const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData()
      return await Promise.all(
        [...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : await value.text()]),
      )
    } catch {
      return null
    }
  },
}
