/** What the next request meets, of a user or a session: the state, or what stands before it. */
export function metState({ state, meets }: { readonly state: string; readonly meets?: string | undefined }): string {
  return meets ?? state
}
