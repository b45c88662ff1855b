interface ImportMetaEnv {
  /** Whether the page mocks its server. */
  readonly MOCKED: boolean
}
