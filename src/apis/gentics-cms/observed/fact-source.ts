import type { FactSource } from '../../../core/clause.ts'

// Files of github.com/gentics/cms-oss as read at commit c8aa3dcc50, two lines at most from the name of the last folder on.
const files = {
  resource: 'impl/AuthenticationResourceImpl.java',
  password: 'etc/UsernamePasswordLoginService.java, etc/AbstractLoginService.java',
  builder: 'util/ModelBuilder.java',
  json: 'RestJacksonJsonProvider.java',
  mappers: 'the exception mappers beside RestJacksonJsonProvider.java',
  session: 'factory/Session.java',
  token: 'factory/SessionToken.java',
  cookie: 'http/CookieHelper.java, runtime/config.yml',
  access: 'security/AccessControlService.java, runtime/config.yml',
  sso: 'filter/AbstractSSOFilter.java, filter/HttpAuthFilter.java',
  user: 'impl/UserResourceImpl.java, filters/AuthenticationRequestFilter.java',
  suffix: 'AcceptResponseServletFilter.java',
  runner: 'server/OSSRunner.java',
} as const

type Confidence = FactSource['confidence']

/** Where a fact of the vendor's open-source server was read, how sure it is, and in which versions it holds. */
export function read(file: keyof typeof files, confidence: Confidence, versions?: string): FactSource {
  return { where: `cms-oss c8aa3dcc50, ${files[file]}`, ...(versions === undefined ? {} : { versions }), confidence }
}
