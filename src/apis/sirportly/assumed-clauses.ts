import { clauseTable } from '../../core/clause-entry.ts'
import { inJson, type Saying } from '../../core/saying.ts'
import { aboutOthers, way } from '../../core/tracing.ts'
import { endOf, noSuchAccount, byWord } from './forms.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'

const { signIn, at } = shell
const invalidApplication = (message: string, because: string): Saying =>
  inJson(403, { error: 'InvalidApplication', message }, because)

/** What the pages leave open (SP-Un): chosen here. */
export const assumedClauses = clauseTable<Settings>()('assumed', {
  'SP-U1': {
    text: 'The HTTP status of answers with a status.',
    choice: '200',
    settings: ['statusCodes'],
    met: aboutOthers,
    decides: [
      {
        of: ['SP-08', 'SP-09', 'SP-10', 'SP-11', 'SP-12', 'SP-U5', 'SP-U6', 'SP-U7', 'SP-U8', 'SP-X15'],
        where: /^status$/,
        alone: true,
      },
    ],
  },
  'SP-U2': {
    text: 'The HTTP status of answers with an error.',
    choice: '403, and 404 for AccountNotFound',
    settings: ['statusCodes'],
    met: aboutOthers,
    decides: [
      { of: ['SP-U3'], where: /^status$/, received: /^200$/, alone: true },
      { of: ['SP-13', 'SP-14', 'SP-U10', 'SP-X2'], where: /^status$/, alone: true },
    ],
  },
  'SP-U3': {
    text: 'X-Auth-Application missing or unknown.',
    choice: '403 with { error: "InvalidApplication", message }; as the scenario comes, any value is known',
    settings: ['applications'],
    says: {
      noApplication: invalidApplication(
        'The X-Auth-Application header is required',
        'the request has no X-Auth-Application',
      ),
      unknownApplication: invalidApplication(
        'The X-Auth-Application header names no known application',
        'X-Auth-Application is none of the applications in the settings',
      ),
    },
    met: way(`curl -d '${at('adam')}' ${shell.url}`),
    varies: { 'SP-U3 message': 'same type' },
    decides: [{ of: ['SP-U3'] }],
    code: 'uncounted',
  },
  'SP-U4': {
    text: 'username or password missing.',
    choice: '422 with { errors: { field: [text] } }',
    says: {
      invalidParameters: (missing: readonly string[], unread: string | undefined) => {
        const errors = Object.fromEntries(missing.map((name) => [name, ["can't be blank"]]))
        const hint = unread === undefined ? '' : `; the body was not read, because ${unread}`
        return inJson(422, { errors }, `there is no ${missing.join(' and no ')}${hint}`)
      },
    },
    met: way(signIn('username=adam')),
    varies: { 'errors.username': 'same shape', 'errors.password': 'same shape' },
    decides: [{ of: ['SP-U4'] }],
    code: 'uncounted',
  },
  'SP-U5': {
    text: 'A second factor is set up, and two_factor_code is missing.',
    choice: 'InvalidTwoFactorCode, not counted',
    settings: ['missingCode'],
    says: {
      /** `counted` says what was made of it. */
      codeMissing: (missingCode: Settings['missingCode'], counted = 'nothing was counted') =>
        byWord(
          missingCode === 'required' ? 'TwoFactorRequired' : 'InvalidTwoFactorCode',
          `there is no two_factor_code; ${counted}`,
        ),
    },
    met: way(signIn(at('faye'))),
    decides: [{ of: ['SP-U5'], where: /^body\.status$/, received: /^"(?!TwoFactorLocked")/ }],
  },
  'SP-U6': {
    text: 'How many wrong codes lock, and what unlocks.',
    choice: '5; locked until an administrator unlocks, or lockFor has passed',
    settings: ['lockAfter', 'lockFor'],
    says: {
      nowLocked: (failures: number, until: number | null, lockingCode: Settings['lockingCode']) =>
        byWord(
          lockingCode === 'locked' ? 'TwoFactorLocked' : 'InvalidTwoFactorCode',
          `the code is wrong; with ${failures} failures the second factor is locked until ${endOf(until)}`,
        ),
    },
    met: way('understudy user set atech/faye active --failures 4', signIn(`${at('faye')}&two_factor_code=000000`)),
  },
  'SP-U7': {
    text: 'Users whose second factor fails, without account.',
    choice: 'left out; with none left, the answer that the user would get with account',
    settings: ['nobodyLeft'],
    says: { nobodyLeft: (answer: Saying, because: string) => ({ ...answer, because }) },
    met: way(signIn('username=eve&password=s3cret')),
  },
  'SP-U8': {
    text: 'account in InvalidCredentials when none was sent.',
    choice: 'null',
    says: {
      invalidAnywhere: (username: string, password: string, because: string) =>
        inJson(200, { status: 'InvalidCredentials', username, password, account: null }, because),
    },
    met: way(signIn('username=adam&password=wrong')),
    code: 'uncounted',
  },
  'SP-U9': {
    text: 'The order of the other checks.',
    choice:
      'application, parameters, credentials, account, address, API access, second factor required, locked, code; credentials are valid that are so in any account',
    settings: ['order'],
    met: aboutOthers,
  },
  'SP-U10': {
    text: 'A disabled account.',
    choice: 'as an unknown one; without account its users match nothing',
    settings: ['disabledAccounts'],
    says: { accountDisabled: (permalink: string) => noSuchAccount(permalink, `the account ${permalink} is disabled`) },
    met: way('understudy api set sirportly disabledAccounts=atech', signIn(at('adam'))),
    decides: [{ of: ['SP-U10'] }],
    code: 'uncounted',
  },
  'SP-U11': {
    text: 'The same path below /api/v1.',
    choice: 'answered like /api/v2',
    met: aboutOthers,
  },
  'SP-U12': {
    text: 'A time-based code that is sent twice, and how far clocks may be apart.',
    choice: 'accepted while it is valid; one period of 30 seconds before and after',
    settings: ['codeReuse', 'codeWindow'],
    met: aboutOthers,
  },
})
