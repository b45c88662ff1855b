import { choice, duration, flag, integer, list, map, object, text, type Field } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { messageTypes } from './wire.ts'
import { newestVersion } from './version.ts'

/** What an administrator sets, and what the contract leaves open. Durations in milliseconds. */
export type Settings = Infer<typeof settingFields>

/** A message that answers carry. */
export type MessageSpec = Settings['messages'][number]

/** A header in which the SSO system tells something. */
function header(about: string): Field<string, string, 'may'> {
  const pattern = /^[\w!#$%&'*+.^`|~-]+$/
  return text({ about, pattern, shape: 'the name of a header', optional: true })
}

const sso = object(
  {
    tokens: map(text({ about: 'whose it is' }), {
      about: 'bearer tokens, with the login of each',
      default: {},
      secretKeys: true,
    }),
    header: header('the request header in which the SSO system tells the login'),
    failing: flag({ about: 'whether the SSO system cannot be asked', default: false }),
    firstName: header('observed: the header with the first name, which is taken over; emptied where it is not sent'),
    lastName: header('observed: the same for the last name'),
    email: header('observed: the same for the e-mail address'),
    groups: header('observed: the header with the groups of a user who is not known yet, and is then made'),
    splitter: text({
      about: 'observed: what stands between two groups; a semicolon if blank',
      pattern: /./,
      shape: 'a text',
      optional: true,
    }),
  },
  {
    about: 'how the SSO system tells who somebody is',
    default: { tokens: {}, failing: false },
    openPoint: 'GC-X16',
  },
)

export const defaultPayload = '{username}{salt}{expirationTimestamp}'

const rsa = object(
  {
    publicKey: text({
      about: 'the key in PEM by which signatures are checked; without it none is right',
      pattern: /^\s*-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/,
      shape: 'a public key in PEM',
      optional: true,
    }),
    payload: text({
      about: 'what is signed',
      default: defaultPayload,
      pattern: /^(?:[^{}]|\{(?:username|salt|expirationTimestamp)\})*$/,
      shape: `a text with {username}, {salt} and {expirationTimestamp}`,
    }),
  },
  { about: 'how RSA logins are checked', default: { payload: defaultPayload }, openPoint: 'GC-U1' },
)

const message = object(
  {
    type: choice(messageTypes, {
      about: 'how grave it is',
      meanings: {
        CRITICAL: 'something failed',
        INFO: 'something to know',
        SUCCESS: 'something was done',
        WARNING: 'something to look after',
        NEUTRAL: 'nothing of these',
      },
      default: 'INFO',
    }),
    message: text({ about: 'the message' }),
    fieldName: text({ about: 'the field that it is about', optional: true }),
    image: text({ about: 'the image shown beside it', optional: true }),
    sender: text({ about: 'login of the user who sent it', optional: true }),
    id: integer({ about: 'its number; by its place in the list if blank', optional: true, min: 0 }),
  },
  { about: 'a message' },
)

export const settingFields = {
  contextPath: text({
    about: 'path below which /rest is; may be empty',
    default: '',
    pattern: /^(\/[\w.~-]+)*$/,
    shape: 'a path such as /cms, or empty',
  }),
  dialect: choice(['documented', 'observed'], {
    about: 'which server is played',
    meanings: {
      documented: "the server of the vendor's page",
      observed: 'the open-source server, as it was seen to answer',
    },
    default: 'documented',
  }),
  version: text({
    about: 'observed: the version of the server, whose traits follow from it; from 6.0.0 on',
    default: newestVersion,
    pattern: /^([6-9]|[1-9]\d)\.\d{1,4}\.\d{1,4}$/,
    shape: 'a version such as 6.2.6, in quotes',
  }),
  maintenance: flag({
    about: 'whether only users who may see the maintenance setting can log in',
    default: false,
    headline: 'Maintenance',
  }),
  globalPrefix: text({
    about: 'the global prefix',
    default: 'A547',
    pattern: /^[0-9A-Za-z]{4}$/,
    shape: 'four letters and digits, in quotes',
  }),
  sessionFor: duration({ about: 'how long a session may be idle', default: 3_600_000, min: 1000 }),
  secureCookies: flag({ about: 'whether the cookie is for HTTPS only', default: false }),
  sameSite: choice(['lax', 'strict', 'none', 'off'], {
    about: 'observed: what the cookie says of other sites',
    meanings: {
      lax: 'sent along by links from other sites',
      strict: 'never sent by requests from other sites',
      none: 'sent by all requests of other sites',
      off: 'nothing is said',
    },
    default: 'lax',
  }),
  exposePasswords: flag({
    about: 'documented: whether users in answers carry their passwords',
    default: false,
    openPoint: 'GC-U4',
  }),
  allowFrom: list(
    text({
      about: 'an address, or a range such as 10.0.0.0/8',
      pattern: /^[0-9A-Fa-f.:]+(\/\d{1,3})?$/,
      shape: 'an address, or a range such as 10.0.0.0/8',
    }),
    {
      about:
        'addresses from which passwords may be hashed and matched without a session; ' +
        'if left out, documented: none, observed: 127.0.0.1 and ::1',
      optional: true,
    },
  ),
  trustProxy: flag({
    about: 'whether X-Forwarded-For tells the source address; if left out, documented: no, observed: yes',
    optional: true,
  }),
  sso,
  rsa,
  messages: list(message, { about: 'messages that every answer carries', default: [], openPoint: 'GC-X19' }),
}
