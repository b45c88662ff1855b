/** Options that a config has no place for, with what to do instead. */
export const notForConfigs: ReadonlyMap<string, string> = new Map([
  [
    '--url',
    'A file names no server, as it may come with a repository: a server that was started here is found by itself, and another is named by --url or UNDERSTUDY_URL.',
  ],
])

/** What an option is called in a config: `--admin-token` is `adminToken`, and `--api`, which takes several, `apis`. */
export function keyOf({ long }: { readonly long?: string | undefined }): string {
  const name = (long ?? '').replace(/^--/, '')
  return name === 'api' ? 'apis' : name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
