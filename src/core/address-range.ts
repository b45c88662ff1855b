/** An address as its bits, sixteen at a time: two numbers for IPv4, eight for IPv6. */
type Address = readonly number[]

/** Whether a text is a range of addresses, such as `10.0.0.0/8`, `2001:db8::/32`, or a single address. */
export function isAddressRange(text: string): boolean {
  return readRange(text) !== undefined
}

/** Whether an address lies in a range; false for what is no address, and between IPv4 and IPv6. */
export function inAddressRange(address: string, range: string): boolean {
  const [candidate, wanted] = [readAddress(address), readRange(range)]
  if (candidate === undefined || wanted === undefined || candidate.length !== wanted.address.length) return false
  return candidate.every((word, index) => {
    const bits = Math.min(16, Math.max(0, wanted.bits - index * 16))
    const mask = (0xffff << (16 - bits)) & 0xffff
    return (word & mask) === ((wanted.address[index] as number) & mask)
  })
}

function readRange(text: string): { readonly address: Address; readonly bits: number } | undefined {
  const [address, bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text)?.slice(1) ?? []
  const read = address === undefined ? undefined : readAddress(address)
  if (read === undefined) return undefined
  const most = read.length * 16
  const counted = bits === undefined ? most : Number(bits)
  return counted > most ? undefined : { address: read, bits: counted }
}

function readAddress(text: string): Address | undefined {
  return text.includes(':') ? readIpv6(text) : readIpv4(text)
}

function readIpv4(text: string): Address | undefined {
  const bytes = text.split('.')
  if (bytes.length !== 4 || !bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256))
    return undefined
  const [first, second, third, fourth] = bytes.map(Number) as [number, number, number, number]
  return [first * 256 + second, third * 256 + fourth]
}

function readIpv6(text: string): Address | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => readGroups(half, index === halves.length - 1))
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  if (tail === undefined) return head.length === 8 ? head : undefined
  const missing = 8 - head.length - tail.length
  return missing < 1 ? undefined : [...head, ...Array.from({ length: missing }, () => 0), ...tail]
}

/** Groups of up to four hexadecimal digits; the last may be an IPv4 address. */
function readGroups(text: string, isEnd: boolean): number[] | undefined {
  if (text === '') return []
  const words: number[] = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    if (isEnd && index === groups.length - 1 && group.includes('.')) {
      const embedded = readIpv4(group)
      if (embedded === undefined) return undefined
      words.push(...embedded)
    } else if (/^[0-9a-f]{1,4}$/i.test(group)) words.push(Number.parseInt(group, 16))
    else return undefined
  }
  return words
}
