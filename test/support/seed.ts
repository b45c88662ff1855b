import fc from 'fast-check'

// The same random inputs in every run, so that a change is never blamed for a finding of chance. A run that hunts sets
// UNDERSTUDY_TEST_SEED, to any number.
fc.configureGlobal({ seed: Number(process.env['UNDERSTUDY_TEST_SEED'] ?? 20_260_115) })
