import { printableJson } from '../../../core/printable.ts'
import type { Findings } from '../findings.ts'
import { toCtrf } from './ctrf.ts'
import { toGithub } from './github.ts'
import { toHtml } from './html.ts'
import { toJunit } from './junit.ts'
import { toMarkdown } from './markdown.ts'
import { toSarif } from './sarif.ts'

/** A report in some format. */
interface Report {
  /** The file it is written to, in the report directory. */
  readonly file: string
  readonly content: string
}

/** A way to tell findings. */
export type Format = (findings: Findings) => Report

/** Everything that findings can be told as. */
export const formats: { readonly [name: string]: Format } = {
  junit: (findings) => ({ file: 'junit.xml', content: toJunit(findings) }),
  json: (findings) => ({ file: 'verify.json', content: `${printableJson(findings, 2)}\n` }),
  html: (findings) => ({ file: 'verify.html', content: toHtml(findings) }),
  markdown: (findings) => ({ file: 'verify.md', content: toMarkdown(findings) }),
  ctrf: (findings) => ({ file: 'ctrf.json', content: `${printableJson(toCtrf(findings), 2)}\n` }),
  sarif: (findings) => ({ file: 'verify.sarif', content: `${printableJson(toSarif(findings), 2)}\n` }),
  github: (findings) => ({ file: 'annotations.txt', content: toGithub(findings) }),
}
