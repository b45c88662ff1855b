const jira = process.env.JIRA_URL ?? process.env.UNDERSTUDY_SECURE_LOGIN_URL

export default {
  env: { JIRA_URL: jira },
  rewrites: async () => [{ source: '/jira/:path*', destination: `${jira}/:path*` }],
}
