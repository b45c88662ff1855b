const control = (method, path, body) => cy.request({ method, url: `/__understudy${path}`, body })

beforeEach(() => {
  control('POST', '/reset')
})

it('tells a blocked user, and when the block is over', () => {
  control('PUT', '/users/alice', { state: 'blocked', for: '30m' })
  cy.visit('/')
  cy.contains('button', 'Sign in').click()
  cy.contains('p', 'blocked')

  control('POST', '/clock/advance', { by: '31m' })
  cy.contains('button', 'Sign in').click()
  cy.contains('p', 'enter')
})
