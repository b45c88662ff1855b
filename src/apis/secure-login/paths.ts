/** Path of the plug-in's resources below the host product. The docs print the hyphen as U+2212. */
export const apiPath = '/rest/securelogin-admin/1.0/api'

/** The same in the newest version there is, which the REST layer answers beside numbered ones. */
export const latestApiPath = '/rest/securelogin-admin/latest/api'

/** Path of the host product's own session resource. */
export const sessionPath = '/rest/auth/1/session'
export const latestSessionPath = '/rest/auth/latest/session'

/** Path of the host product's own data. */
export const productPath = '/rest/api/2'
export const latestProductPath = '/rest/api/latest'
