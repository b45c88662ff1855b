/** A journey of one's own for each API, which a right server passes. */
export const texts = {
  secureLogin: `
title: a login after a lockout
as: disposable
steps:
  - ask: { operation: secure-login.auth, body: wrong }
    times: limit
    expect: { status: 401, body: "" }
  - ask: { operation: user }
    expect: { status: 200, body: { state: blocked } }
  - wait: until
  - ask: { method: GET, path: /rest/securelogin-admin/1.0/api/user }
    capture: { state: $.state }
    expect: { body: { state: enter } }
  - ask: { operation: auth, body: right }
    expect: { status: 200 }
  - ask: { operation: user }
    session: new
    expect: { body: { state: "{{state}}" } }
  - ask: { operation: user }
    session: none
    expect: { status: 401 }
`,
  sirportly: `
title: a form of one's own, and codes
as: disposable
steps:
  - ask:
      operation: sirportly.authenticate
      body: { username: "{{username}}", password: "{{password}}", account: "{{account}}", two_factor_code: "{{pin}}" }
    expect: { status: 200, body: { status: Authenticated, user: { username: "{{username}}" } } }
    capture: { token: "$.user.api_token.token" }
  - ask: { operation: authenticate, body: wrong }
    expect: { body: { status: InvalidTwoFactorCode } }
  - ask: { operation: authenticate, method: GET, query: { username: "{{userUsername}}", password: "{{password}}", account: "{{account}}" } }
    as: user
    expect: { body: { user: { username: "{{username}}" } } }
  - ask: { operation: authenticate, body: right }
    expect: { body: { user: { api_token: { token: "{{token}}" } } } }
`,
  genticsCms: `
title: a token is of a session that lives
as: user
steps:
  - ask: { operation: gentics-cms.login, query: { sid: "0" }, body: { login: "{{username}}", password: "{{password}}" } }
    capture: { sid: $.sid, secret: cookie.GCN_SESSION_SECRET }
    expect: { body: { responseInfo: { responseCode: OK } } }
  - ask: { operation: validate, params: { sid: "{{sid}}{{secret}}" } }
    session: none
    expect: { status: 200, body: { user: { login: "{{username}}" } } }
  - ask: { operation: login, body: wrong }
    session: none
    expect: { body: { responseInfo: { responseCode: NOTFOUND } } }
  - ask: { operation: logout, params: { sid: "{{sid}}" } }
  - ask: { method: GET, path: "/rest/auth/validate/{{sid}}{{secret}}" }
    expect: { body: { responseInfo: { responseCode: INVALIDDATA } } }
`,
}
