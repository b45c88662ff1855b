import { ConnectionTimeoutError, ErrorReply, SocketClosedUnexpectedlyError } from '@redis/client'
import { UnderstudyError } from '../../core/errors.ts'
import type { RedisPlace } from './place.ts'

/** Why a Redis cannot be used, in words. */
export interface Trouble {
  /**
   * A store in `passing` trouble will be well in a moment, and is asked again; a `refusing` one does not want to, now; what
   * is `lasting` is mended by no retry: the store, or how it is addressed, has to be changed.
   */
  readonly kind: 'passing' | 'refusing' | 'lasting'
  /** Goes on from "The store … cannot be used:", without a full stop. */
  readonly why: string
  /** What to do about it, as a sentence. */
  readonly advice: string
}

type Told = Omit<Trouble, 'kind'>

const again = 'Try again in a moment.'

/** What is thrown for a store that no retry mends. */
export function storeError({ shown }: RedisPlace, { why, advice }: Trouble, effect = ''): UnderstudyError {
  return new UnderstudyError('ERR_STORE_REFUSED', explain(shown, { why, advice }, effect))
}

/** What is thrown for a store that may be well later. */
export function unavailable({ shown }: RedisPlace, trouble: Trouble, effect: string): UnderstudyError {
  return new UnderstudyError('ERR_STORE_UNAVAILABLE', explain(shown, trouble, effect))
}

function explain(shown: string, { why, advice }: Told, effect: string): string {
  return [`The store ${shown} cannot be used: ${why}.`, effect, advice].filter((part) => part !== '').join(' ')
}

/** Nothing was heard of it, and nobody says why. */
export const silent: Trouble = { kind: 'passing', why: 'it does not answer', advice: again }

/** This server is about to end. */
export const left: Trouble = { kind: 'lasting', why: 'this server has left it', advice: 'Ask another.' }

/** Its answer came when nobody waited for it any more. */
export const tooLate: Trouble = { ...silent, why: 'it answered too late' }

/** In a cluster the keys of one script are on several machines. */
export const isCluster: Trouble = {
  kind: 'lasting',
  why: 'it is a Redis Cluster, in which one script cannot write several keys',
  advice: 'Name a Redis that is no cluster: one that stands alone, or a primary with replicas.',
}

const permit = 'Let it run all commands on the keys of its prefix, such as ACL SETUSER name ~understudy* +@all.'

/** What Redis says, by how it begins or by what is in it; the first that fits. */
const lasting: readonly (readonly [pattern: RegExp, told: Told])[] = [
  [
    /^WRONGPASS|invalid password/,
    {
      why: 'it does not know this user and password (WRONGPASS)',
      advice: 'Correct them: --store redis://user:password@host.',
    },
  ],
  [
    /^NOAUTH/,
    { why: 'it wants a password (NOAUTH)', advice: 'Give it with the address: --store redis://:password@host.' },
  ],
  [
    /no password is set|without any password configured/,
    { why: 'it was given a password, and has none', advice: 'Leave the password out of --store.' },
  ],
  [
    /^NOPERM|can't run this command|ACL failure/,
    { why: 'its user may not do what is needed (NOPERM)', advice: permit },
  ],
  [/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)\b|cluster mode|key in a cluster/, isCluster],
  [
    /DB index/,
    { why: 'it has no database of that number', advice: 'Leave the number behind the port out, or name one it has.' },
  ],
  [/unknown command .?HELLO|^NOPROTO/i, { why: 'it is older than Redis 6', advice: 'Name a Redis 6 or later.' }],
  [
    /^WRONGTYPE/,
    { why: 'a key of its prefix belongs to something else', advice: 'Choose another prefix: --store …?prefix=name.' },
  ],
  [
    /Unknown RESP type/,
    { why: 'what answers there is no Redis', advice: 'Correct the host and port of --store, as in redis://host:6379.' },
  ],
  [
    /self.signed|certificate|altnames/i,
    {
      why: 'its certificate is not trusted',
      advice: 'Name the file of its authority in NODE_EXTRA_CA_CERTS, and its host as the certificate does.',
    },
  ],
]

const passing: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^LOADING/, 'it is still loading its data'],
  [/^BUSY/, 'it is busy with a script'],
  [/^MASTERDOWN/, 'it is a replica that has lost its primary'],
  [/^READONLY/, 'it is a replica, which takes no writes'],
  [/^TRYAGAIN/, 'it is moving its data'],
]

const refusing: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^OOM/, 'its memory is full (maxmemory)'],
  [/^MISCONF/, 'it cannot save its data, and takes no writes until it can (MISCONF)'],
  [/^NOREPLICAS/, 'it has too few replicas to take writes (NOREPLICAS)'],
]

/** What the network says, by the code of its error. */
const network: { readonly [code: string]: string } = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was broken off',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'there is no such host',
  EHOSTUNREACH: 'there is no way to its host',
  ETIMEDOUT: 'the connection took too long',
}

/** Reads what Redis answers, or what the network says of it. */
export function readTrouble(error: Error): Trouble {
  const code = 'code' in error ? String(error.code) : ''
  const message = error.message || code || error.name
  const last = lasting.find(([pattern]) => pattern.test(message))
  if (last !== undefined) return { kind: 'lasting', ...last[1] }
  const pass = passing.find(([pattern]) => pattern.test(message))
  if (pass !== undefined) return { kind: 'passing', why: pass[1], advice: again }
  const refuse = refusing.find(([pattern]) => pattern.test(message))
  if (refuse !== undefined) return { kind: 'refusing', why: refuse[1], advice: again }
  if (error instanceof ErrorReply)
    return { kind: 'refusing', why: `it refuses: ${firstSentence(message)}`, advice: again }
  if (error instanceof ConnectionTimeoutError) return { ...silent, why: 'the connection took too long' }
  if (error instanceof SocketClosedUnexpectedlyError) return { ...silent, why: 'the connection was closed' }
  return { ...silent, why: network[code] ?? firstSentence(message) }
}

/** Without what Redis tells of a script's text and line, and without a full stop. */
function firstSentence(message: string): string {
  return (message.split(/,? script:|\. |\n/)[0] ?? message).replace(/\.+$/, '').slice(0, 160)
}
