import { choice, integer, nullable } from '../../core/field.ts'

/** What is set of the host product around the plug-in. */
export const hostSettingFields = {
  product: choice(['jira', 'confluence', 'none'], {
    about: 'around what the plug-in runs',
    meanings: {
      jira: 'has a session resource, serverInfo and myself',
      confluence: 'has none of these, and 401 instead of 403 where a CAPTCHA is due',
      none: 'nothing is known of what is around it',
    },
    default: 'jira',
  }),
  staleCookie: choice(['unauthorized', 'anonymous'], {
    about: 'what a cookie of an unknown or ended session gets',
    meanings: { unauthorized: '401 with a page of the host', anonymous: 'what a request without a cookie gets' },
    default: 'unauthorized',
    openPoint: 'SL-U16',
  }),
  xsrfCheck: choice(['off', 'on'], {
    about: 'whether a PIN needs X-Atlassian-Token: no-check, by the XSRF filter of the host',
    meanings: { off: 'a PIN needs no such header', on: '403 for a text/plain PIN without it' },
    default: 'off',
    openPoint: 'SL-U17',
  }),
  restBeforePin: choice(['allowed', 'refused'], {
    about: "whether the host's other resources answer before the PIN was entered",
    meanings: {
      allowed: 'they answer as soon as somebody is logged in',
      refused: '401, as for somebody who is not logged in',
    },
    default: 'allowed',
    openPoint: 'SL-U18',
  }),
  captchaAfter: nullable(
    integer({
      about: 'so many failed logins in a row make a CAPTCHA due, and no password is taken any more; never if blank',
      optional: true,
      min: 1,
      max: 1000,
      openPoint: 'SL-U20',
    }),
  ),
}
