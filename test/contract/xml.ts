/** Whether a text is an XML document: elements that are closed in order, attributes in quotes, and nothing unescaped. */
export function isWellFormed(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) return false
  const open: string[] = []
  let roots = 0
  let rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, '')
  while (rest !== '') {
    const [token = ''] =
      /^<\/[\w-]+>|^<[\w-]+(?:\s+[\w-]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos|#\d+);)*")*\s*\/?>|^(?:[^<&>]|&(?:amp|lt|gt|quot|apos|#\d+);)+/.exec(
        rest,
      ) ?? []
    if (token === '') return false
    rest = rest.slice(token.length)
    const name = /^<\/?([\w-]+)/.exec(token)?.[1]
    if (name === undefined) {
      if (open.length === 0 && token.trim() !== '') return false
    } else if (token.startsWith('</')) {
      if (open.pop() !== name) return false
    } else {
      if (open.length === 0) roots++
      if (!token.endsWith('/>')) open.push(name)
    }
  }
  return open.length === 0 && roots === 1
}
