// llms.txt: where a model that helps somebody finds what it has to know, made of the list of pages.

/** Of the text of docs/README.md, whose list has one item for each page or group of pages. */
export function llms(list) {
  const items = list.split(/^- /m).slice(1)
  const lines = items.map((item) => {
    const text = item.replaceAll(/\s*\n\s*/g, ' ').trim()
    return `- ${text.replaceAll(/\]\((?![a-z]+:)([^)]+)\)/g, (_, to) => `](${to.startsWith('../') ? to.slice(3) : `docs/${to}`})`)}`
  })
  return `# auth-understudy

> A mock server and contract test kit for authentication APIs: syracom Secure Login, Sirportly, the Gentics CMS, and APIs of a
> project's own. Scenarios describe users and their states; MSW handlers, a \`fetch\`, and a server play them; \`verify\`
> checks real servers against the same contract.

Everything below is in the installed package. [README.md](README.md) shows it at once;
[skills/auth-understudy/SKILL.md](skills/auth-understudy/SKILL.md) tells how to work with it step by step.

## Pages

${lines.join('\n')}
`
}
