/** The newest version that is known of the vendor's open-source server. */
export const newestVersion = '6.5.2'

/** What became otherwise in the open-source server, and in which version of each release line for the first time. */
const since: { readonly [trait in Trait]: readonly string[] } = {
  /** Each login opens a session of its own with a secret of its own; before, the client's cookie was gone on with. */
  opensAnew: ['6.1.26', '6.2.7', '6.3.0'],
  /** Answers have `inBackground`. */
  inBackground: ['6.3.13', '6.4.3', '6.5.0'],
  /** Messages have `isInstantMessage`. */
  isInstantMessage: ['6.0.3', '6.1.0'],
}

/** A difference between versions of the server. */
export type Trait = 'opensAnew' | 'inBackground' | 'isInstantMessage'

/** Whether the server of a version has a trait. A fix is in a line from its own version on, and in all later lines. */
export function hasTrait(version: string, trait: Trait): boolean {
  const [line, patch] = parse(version)
  const fixes = since[trait].map(parse)
  const own = fixes.find(([fixed]) => fixed === line)
  return own === undefined ? fixes.some(([fixed]) => fixed < line) : patch >= own[1]
}

/** The release line, as a number that grows from line to line, and the place in it. */
function parse(version: string): [line: number, patch: number] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return [major * 10_000 + minor, patch]
}
