// Whether a tag may be published: `npm run release:check -- v0.2.0`. It has to be the version of package.json and of
// src/core/version.ts, and CHANGELOG.md has to say, below a heading with a date, what is new in it.
import { readFileSync } from 'node:fs'

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const [tag = ''] = process.argv.slice(2)
const { version } = JSON.parse(read('package.json'))
const told = /version = '(.*)'/.exec(read('src/core/version.ts'))?.[1]
const heading = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm')

const wrong = []
if (tag !== `v${version}`) wrong.push(`the tag is ${tag === '' ? 'not given' : tag}, and package.json says ${version}`)
if (told !== version) wrong.push(`src/core/version.ts says ${told}, and package.json ${version}`)
if (!heading.test(read('CHANGELOG.md'))) wrong.push(`CHANGELOG.md has no "## [${version}] - <date>"`)
for (const what of wrong) process.stderr.write(`release: ${what}\n`)
process.exitCode = wrong.length === 0 ? 0 : 1
