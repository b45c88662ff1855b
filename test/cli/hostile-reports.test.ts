import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Window } from 'happy-dom'
import { marked } from 'marked'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { secureLoginCompany } from '../contract/company.ts'
import { isWellFormed } from '../contract/xml.ts'
import { evilBodies, serveEvil } from '../hostile/servers.ts'
import { commandsIn, raw } from '../hostile/text.ts'
import { Terminal, type Result } from './terminal.ts'

const formats = 'junit,json,html,markdown'

/** Verifies a server that answers a body to everything, in GitHub Actions. */
async function verify(body: string): Promise<Result & { readonly read: (file: string) => string }> {
  const terminal = new Terminal({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' })
  const target = {
    api: 'secure-login',
    baseUrl: `${await serveEvil(body)}/jira`,
    accounts: secureLoginCompany.accounts,
  }
  writeFileSync(join(terminal.cwd, 'target.yaml'), stringify(target))
  const result = await terminal.run('verify', 'target.yaml', '--report', formats)
  return { ...result, read: (file) => readFileSync(join(terminal.cwd, file), 'utf8') }
}

/** The elements of a page, by name. */
function elementsOf(html: string): ReadonlySet<string> {
  const { document } = new Window()
  document.write(html)
  return new Set([...document.querySelectorAll('body *')].map((each) => each.tagName.toLowerCase()))
}

describe.each(evilBodies.map((body, index) => [index, body] as const))('hostile answers (%i)', (_, body) => {
  test('are no more than text in every report, and no command to GitHub', async () => {
    const { code, out, err, read } = await verify(body)
    expect(code).toBe(1)
    expect(out).toContain('escaped')
    expect(commandsIn(out)).toEqual([])
    const ours =
      /^::(?:error|notice) (?:file=target\.yaml,)?title=(?:SL-\w+ is broken|SL-\w+ differs|understudy|Secure Login)::/
    const commands = commandsIn(err)
    expect(commands.length).toBeGreaterThan(1)
    expect(commands.filter((line) => !ours.test(line))).toEqual([])

    for (const file of ['reports/verify.md', 'summary.md']) {
      const markdown = read(file)
      expect(markdown).toContain('escaped')
      const found = elementsOf(marked.parse(markdown, { async: false }))
      const known = ['h1', 'h2', 'p', 'pre', 'code', 'strong', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ul', 'li']
      expect([...found].filter((tag) => !known.includes(tag))).toEqual([])
      expect(marked.parse(markdown, { async: false }).match(/<h1/g)).toHaveLength(1)
    }
    const page = read('reports/verify.html')
    expect([...elementsOf(page)].filter((tag) => /script|img|h3|a$/.test(tag))).toEqual([])
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(isWellFormed(read('reports/junit.xml'))).toBe(true)
    const texts = ['verify.md', 'verify.html', 'junit.xml', 'verify.json'].map((file) => read(`reports/${file}`))
    for (const text of texts) expect(raw(text).filter((each) => each !== '\n')).toEqual([])
    expect(JSON.parse(read('reports/verify.json'))).toEqual(JSON.parse(read('.understudy/verify.json')))
  })
})
