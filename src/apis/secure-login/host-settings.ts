import { choice, integer, nullable } from '../../core/field.ts'

/** What is set of the host product around the plug-in. */
export const hostSettingFields = {
  product: choice(['jira', 'confluence', 'none'], {
    about:
      'around what the plug-in runs: only jira has a session resource, serverInfo and myself; none: nothing is known',
    default: 'jira',
  }),
  staleCookie: choice(['unauthorized', 'anonymous'], {
    about: 'what a cookie of an unknown or ended session gets: 401 from the host, or what a request without one gets',
    default: 'unauthorized',
    openPoint: 'SL-U16',
  }),
  xsrfCheck: choice(['off', 'on'], {
    about: 'whether a PIN needs X-Atlassian-Token: no-check, by the XSRF filter of the host',
    default: 'off',
    openPoint: 'SL-U17',
  }),
  restBeforePin: choice(['allowed', 'refused'], {
    about: "whether the host's other resources answer before the PIN was entered",
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
