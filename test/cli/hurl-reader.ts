// A reader of as much of Hurl as is written here, which shares no code with what writes it: where `hurl` is not installed, it plays.

interface Entry {
  readonly method: string
  readonly url: string
  readonly headers: [name: string, value: string][]
  readonly sections: { readonly [name: string]: string[] }
  readonly body: string | undefined
  readonly status: number
}

/** The entries of a file. Throws for a line that is none of Hurl's. */
export function readHurl(text: string): Entry[] {
  const blocks = text
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
  return blocks.filter((lines) => lines.length > 0).map(readEntry)
}

function readEntry(lines: readonly string[]): Entry {
  const [first = '', ...rest] = lines
  const [, method = '', url = ''] = /^([A-Z]+) (\S+)$/.exec(first) ?? fail(first)
  const headers: [string, string][] = []
  const sections: { [name: string]: string[] } = {}
  let section: string[] | undefined
  let body: string | undefined
  let status: number | undefined
  for (const line of rest) {
    const [, name] = /^\[(Options|Cookies|Captures|Asserts)\]$/.exec(line) ?? []
    const [, code] = /^HTTP (\d{3})$/.exec(line) ?? []
    if (name !== undefined) section = sections[name] = []
    else if (code !== undefined) {
      status = Number(code)
      section = undefined
    } else if (/^`.*`$/.test(line)) body = line.slice(1, -1)
    else if (section !== undefined) section.push(line)
    else {
      const [, header = '', value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? fail(line)
      headers.push([header, value])
    }
  }
  if (status === undefined) fail(first)
  return { method, url, headers, sections, body, status: status ?? 0 }
}

/** Plays a file; what was not as it says, in words. */
export async function playHurl(text: string, url: string): Promise<string[]> {
  const values = new Map([['url', url]])
  const fill = (written: string): string =>
    unescaped(written).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values.get(name) ?? fail(`{{${name}}}`))
  const wrong: string[] = []
  for (const [place, { method, url: target, headers, sections, body, status }] of readHurl(text).entries()) {
    for (const option of sections['Options'] ?? []) {
      const [, name = '', value = ''] = /^variable: (\w+)=(.*)$/.exec(option) ?? fail(option)
      values.set(name, value)
    }
    const cookies = (sections['Cookies'] ?? []).map((line) => fill(line.replace(': ', '=')))
    const answer = await fetch(fill(target), {
      method,
      headers: [
        ...headers.map(([name, value]): [string, string] => [name, fill(value)]),
        ...(cookies.length === 0 ? [] : [['cookie', cookies.join('; ')] as [string, string]]),
      ],
      redirect: 'manual',
      ...(body === undefined ? {} : { body: fill(body) }),
    })
    const got = await answer.text()
    if (answer.status !== status)
      wrong.push(`entry ${place + 1}, ${method} ${target}: ${answer.status}, not ${status}: ${got}`)
    for (const line of sections['Captures'] ?? []) {
      const [, name = '', query = ''] = /^(\w+): (.+)$/.exec(line) ?? fail(line)
      const [, kept] = /^variable "(\w+)"$/.exec(query) ?? []
      const value = kept === undefined ? find(query, answer, got) : values.get(kept)
      if (value === undefined) wrong.push(`entry ${place + 1}, ${method} ${target}: nothing to capture: ${line}`)
      values.set(name, String(value))
    }
    for (const line of sections['Asserts'] ?? []) {
      const [, query = '', not, predicate = '', wanted = ''] =
        /^(.+?) (not )?(==|exists|matches)(?: (.+))?$/.exec(line) ?? fail(line)
      const value = find(query, answer, got)
      const holds = {
        '==': () => JSON.stringify(value) === JSON.stringify(JSON.parse(wanted.startsWith('"') ? wanted : wanted)),
        exists: () => value !== undefined,
        matches: () => new RegExp(JSON.parse(wanted)).test(String(value)),
      }[predicate] as () => boolean
      if (holds() === (not !== undefined))
        wrong.push(`entry ${place + 1}, ${method} ${target}: ${line}, and it is ${String(value)}`)
    }
  }
  return wrong
}

function find(query: string, answer: Response, body: string): unknown {
  if (query === 'body') return body
  const [, kind = '', path = ''] = /^(jsonpath|header|cookie) "(.*)"$/.exec(query) ?? fail(query)
  if (kind === 'header') return answer.headers.get(path) ?? undefined
  if (kind === 'cookie')
    return answer.headers
      .getSetCookie()
      .find((line) => line.startsWith(`${path}=`))
      ?.slice(path.length + 1)
      .split(';')[0]
  let value: unknown = JSON.parse(body)
  for (const [, name, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g))
    value = (value as { [step: string]: unknown } | undefined)?.[name ?? index ?? '']
  return value
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
}

function fail(line: string): never {
  throw new Error(`This is no Hurl that is read here: ${line}`)
}
