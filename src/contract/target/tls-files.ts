import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Issue } from '../../core/errors.ts'
import type { TargetTls } from './target.ts'
import { messageOf } from '../../core/thrown.ts'

type File = 'ca' | 'cert' | 'key'

/**
 * The files of a target's `tls`, named from where the target file is. What no handshake could come of is noted here,
 * before there is one: files that cannot be read, and a key that does not belong to its certificate.
 */
export function withTlsFiles(tls: TargetTls, directory: string, issues: Issue[]): TargetTls {
  const note = (member: string, message: string): undefined => void issues.push({ path: ['tls', member], message })
  const placed: Partial<Record<File, string>> = {}
  const read = (member: File): Buffer | undefined => {
    const file = tls[member]
    if (file === undefined) return undefined
    const path = (placed[member] = resolve(directory, file))
    try {
      return readFileSync(path)
    } catch (error) {
      return note(member, `${path} cannot be read: ${messageOf(error)}.`)
    }
  }
  const certificateIn = (member: 'ca' | 'cert', pem: Buffer | undefined): X509Certificate | undefined => {
    try {
      return pem && new X509Certificate(pem)
    } catch {
      return note(member, `${placed[member]} holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`)
    }
  }
  certificateIn('ca', read('ca'))
  const certificate = certificateIn('cert', read('cert'))
  const key = keyIn(read('key'), tls.passphrase, placed.key ?? '', note)
  if (tls.cert !== undefined && tls.key === undefined)
    note('cert', 'A certificate needs its key: name the file as tls: key.')
  if (tls.key !== undefined && tls.cert === undefined)
    note('key', 'A key needs its certificate: name the file as tls: cert.')
  if (tls.passphrase !== undefined && tls.key === undefined)
    note('passphrase', 'There is no key that it could open: name the file as tls: key.')
  if (certificate !== undefined && key !== undefined && !certificate.checkPrivateKey(key))
    note('key', `${placed.key} does not belong to the certificate ${placed.cert}.`)
  return { ...tls, ...placed }
}

function keyIn(
  pem: Buffer | undefined,
  passphrase: string | undefined,
  path: string,
  note: (member: string, message: string) => undefined,
): KeyObject | undefined {
  if (pem === undefined) return undefined
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) })
  } catch (error) {
    const isLocked = /ENCRYPTED/.test(pem.toString())
    if (!isLocked) return note('key', `${path} holds no key in PEM (-----BEGIN PRIVATE KEY-----).`)
    if (passphrase === undefined) return note('key', `${path} is encrypted: give what opens it as tls: passphrase.`)
    const message = messageOf(error)
    return note('passphrase', `It does not open the key ${path}${/bad decrypt/i.test(message) ? '' : `: ${message}`}.`)
  }
}
