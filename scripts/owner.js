// Whoever publishes this package says here, once, who they are and where it lives:
//
//   npm run owner -- https://github.com/<you>/auth-understudy "<name> <mail>"
//
// It writes author, repository, homepage and bugs of package.json. `--check` ends with 1 while they are not filled in;
// npm asks that before it publishes.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** What stands where nobody has filled anything in; no such name can ever be registered. */
const placeholder = 'owner-to-fill-in.invalid'
const members = ['author', 'repository', 'homepage', 'bugs']

const file = new URL('package.json', pathToFileURL(`${process.cwd()}/`))
const text = readFileSync(file, 'utf8')
const manifest = JSON.parse(text)
const isOpen = (name) => JSON.stringify(manifest[name] ?? placeholder).includes(placeholder)

const [first = '', author = ''] = process.argv.slice(2)
if (first === '--check') {
  const open = members.filter(isOpen)
  if (open.length > 0) {
    process.stderr.write(
      `package.json does not say who publishes it: ${open.join(', ')} ${open.length > 1 ? 'are' : 'is'} not filled in. ` +
        'Run npm run owner -- <URL of the repository> "<name> <mail>" once, and commit what it writes.\n',
    )
    process.exitCode = 1
  }
} else if (!URL.canParse(first) || !first.startsWith('https://') || author === '') {
  process.stderr.write('npm run owner -- <https URL of the repository> "<name> <mail>"\n')
  process.exitCode = 2
} else {
  const url = first.replace(/(\.git)?\/?$/, '')
  const filled = {
    author,
    repository: { type: 'git', url: `git+${url}.git` },
    homepage: `${url}#readme`,
    bugs: { url: `${url}/issues` },
  }
  writeFileSync(file, `${JSON.stringify({ ...manifest, ...filled }, null, 2)}\n`)
  process.stderr.write(`package.json: ${members.join(', ')} are filled in.\n`)
}
