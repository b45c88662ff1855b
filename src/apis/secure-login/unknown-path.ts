import { nearestWord } from '../../core/nearest.ts'
import type { Reply } from '../../core/step.ts'
import { replies } from './clauses.ts'
import { operations } from './operations.ts'
import { apiPath } from './paths.ts'
import type { Settings } from './settings.ts'

// The rendered docs print U+2212 for the hyphen; readers copy it, and other dashes come from word processors.
const dashes = /[\u2010-\u2015\u2212]/g

/** The plug-in's paths, misspelt ones included, and those of the host that are played, to the letter. */
export const claims: RegExp =
  /\/rest\/(?:securelogin.*|auth\/(?:1|latest)\/session|api\/(?:2|latest)\/(?:serverInfo|myself))$/i

/** The 404 for a path that looks meant for Secure Login, saying which path was meant. */
export function unknownPath(path: string, settings: Settings): Reply {
  const decoded = decode(path)
  const hyphenated = decoded.replace(dashes, '-')
  const start = Math.max(0, hyphenated.toLowerCase().search(claims))
  const prefix = hyphenated.slice(0, start)
  const base = `${settings.contextPath}${apiPath}`
  const endpoint = hyphenated.slice(start).split('/').filter(Boolean)[4] ?? ''
  const known = operations.flatMap(({ paths }) => paths)
  const name = nearestWord(
    endpoint,
    known.map((candidate) => candidate.slice(candidate.lastIndexOf('/') + 1)),
  )
  const all = known
    .filter((candidate) => candidate.startsWith(apiPath))
    .map((candidate) => settings.contextPath + candidate)
  const meant = name === undefined ? `one of ${all.join(', ')}` : `${base}/${name}`

  if (prefix === settings.contextPath && settings.product !== 'jira' && !/\/rest\/securelogin/i.test(hyphenated)) {
    const instead = 'sign in with Basic credentials on any call of the plug-in'
    return replies.unknownEndpoint(`There is no ${hyphenated} where the product is ${settings.product}; ${instead}`)
  }
  if (decoded !== hyphenated) {
    return replies.unknownEndpoint(
      `The path has the typographic minus that the docs print; the wire has an ASCII hyphen: ${meant}`,
    )
  }
  if (prefix !== settings.contextPath) {
    const here = settings.contextPath === '' ? 'empty' : settings.contextPath
    return replies.unknownEndpoint(`The context path is ${here}, not ${prefix === '' ? 'empty' : prefix}: ${meant}`)
  }
  return replies.unknownEndpoint(`There is no ${hyphenated}; meant was probably ${meant}`)
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
