// @ts-check

/**
 * A user as answers show one.
 *
 * @param {import('./user-store.js').UserRow} user
 * @param {import('./server.js').Settings} settings
 */
export function toJson({ account, ...user }, { fault }) {
  return {
    id: user.id,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    email_address: user.email,
    time_zone: 'London',
    created_at: '2012-01-12T22:09:01+00:00',
    'activated?': user.activated,
    invite_code: null,
    permissions: { admin: false, reporting: true, tickets: true, api: user.apiAccess },
    account: {
      name: account.name,
      permalink: account.permalink,
      domain: account.domain,
      domain_with_protocol: `https://${account.domain}`,
      enabled: account.enabled,
    },
    api_token: { token: user.token, secret: user.tokenSecret },
    ...(fault === 'password-told' ? { login: { name: user.username, pw: user.password } } : {}),
  }
}
