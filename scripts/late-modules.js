// What of the command line comes late (late-chunks.js): modules that `understudy serve` uses neither to start nor for the first
// answer. One that is not named here is loaded at the start, which is never wrong, and takes 20 microseconds a kilobyte;
// where one that is named is needed at the start after all, test/bundle-start.test.ts says so.
const folders = {
  'apis/gentics-cms':
    'allow-list bcrypt body caller cast chosen-forms clauses documented-clauses error-form forms host-clauses ' +
    'open-points passwords provider-states sso token',
  'apis/gentics-cms/observed':
    'body clauses fact-source forms global-prefix login logout lost me passwords path-token pretty-json ' +
    'resource-clauses session-clauses session sso-user sso validate',
  'apis/secure-login': 'error-form first-factor host-resources revision',
  'apis/sirportly': 'clauses documented-clauses error-form forms further-clauses outcomes parameters verdict',
  'contract/comparing': 'match-rule own-pact place rule-book',
  control: 'client control-error control-path read-events',
  core:
    'as-wanted clause-readers cookie-date draft either fault mutant nearest nesting origin pairs quoted ' +
    'spell-fields spoilt-body step thrown unrouted utf8 version wait',
  hosts: 'package-root',
  server: 'cors fallback-url one-use-passes workers',
  world:
    'arrange check-record coming-users find-user force-user linter made-change mask-message mask-path ' +
    'mask-record mask-text next-event put-fault rebase record-parts refusal request-filter request-words ' +
    'restore-snapshot scenario-settings scheduled-issues sequence to-fault trace traced-exchange transactions ' +
    'turnstile view-fields views whereabouts world-difference',
}

/** Reads command lines, and asks servers for those that are about one. */
const line =
  /\/node_modules\/commander\/|\/src\/cli\/(?:choose-server|command|config-key|mutant|server|with-config)\.ts$/

/** The files of src that come late, but for those that read command lines. */
export const lateFiles = Object.entries(folders).flatMap(([folder, names]) =>
  names.split(' ').map((name) => `${folder}/${name}.ts`),
)
const late = new Set(lateFiles)

/** The groups of modules that come late, by name. */
export const lateGroups = {
  line: (id) => line.test(id.replaceAll('\\', '/')),
  late: (id) => late.has(/\/src\/(.*)$/.exec(id.replaceAll('\\', '/'))?.[1]),
}
