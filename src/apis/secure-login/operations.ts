import type { Operation } from '../../core/route.ts'
import { apiPath, latestApiPath, latestProductPath, latestSessionPath, productPath, sessionPath } from './paths.ts'
import { handleAuth, handleInfo, showUser } from './engine.ts'
import { handleLogin, handleLogout, showSession } from './first-factor.ts'
import { myself, serverInfo } from './host-resources.ts'
import type { Settings } from './settings.ts'

const api = (name: string): readonly string[] => [`${apiPath}/${name}`, `${latestApiPath}/${name}`]
const session = [sessionPath, latestSessionPath]
const product = (name: string): readonly string[] => [`${productPath}/${name}`, `${latestProductPath}/${name}`]
const isJira = (settings: Settings): boolean => settings.product === 'jira'

/** Everything the host answers, by operation id. */
export const operations = [
  {
    id: 'info',
    methods: ['GET', 'HEAD'],
    paths: api('info'),
    summary: 'whether Secure Login is active, and the server time',
    step: handleInfo,
  },
  { id: 'user', methods: ['GET', 'HEAD'], paths: api('user'), summary: "the caller's state", step: showUser },
  {
    id: 'auth',
    methods: ['POST'],
    paths: api('auth'),
    summary: 'authenticates the session with a PIN',
    step: handleAuth,
  },
  {
    id: 'login',
    methods: ['POST'],
    paths: session,
    summary: 'Jira: opens a session (first factor)',
    step: handleLogin,
    isThere: isJira,
  },
  {
    id: 'session',
    methods: ['GET', 'HEAD'],
    paths: session,
    summary: 'Jira: who the session belongs to',
    step: showSession,
    isThere: isJira,
  },
  {
    id: 'logout',
    methods: ['DELETE'],
    paths: session,
    summary: 'Jira: ends the session',
    step: handleLogout,
    isThere: isJira,
  },
  {
    id: 'serverInfo',
    methods: ['GET', 'HEAD'],
    paths: product('serverInfo'),
    summary: 'Jira: its version and time',
    step: serverInfo,
    isThere: isJira,
  },
  {
    id: 'myself',
    methods: ['GET', 'HEAD'],
    paths: product('myself'),
    summary: 'Jira: who the caller is',
    step: myself,
    isThere: isJira,
  },
] as const satisfies readonly Operation<Settings>[]
