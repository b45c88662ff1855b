import type { Settings } from './settings.ts'

/** Which of the two published revisions of the page a server plays. */
export type Revision = Settings['revision']

/** The statuses in which the revisions differ. The older page had 406 and 410 the other way round. */
export const revisionStatuses: Readonly<Record<Revision, RevisionStatuses>> = {
  current: { userInactive: 410, authOnboarding: 406, authInactive: 410 },
  legacy: { userInactive: 406, authOnboarding: 410, authInactive: 406 },
}

interface RevisionStatuses {
  readonly userInactive: number
  readonly authOnboarding: number
  readonly authInactive: number
}
