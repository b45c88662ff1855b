import { filesOf, readText, type FileKind } from '../target/files.ts'
import { readPact, type PactDocument } from './document.ts'

const pactFiles: FileKind = { noun: 'pact', pattern: '**/*.json', endings: '.json' }

/**
 * The pacts of a file, of a folder (each of its .json files, at any depth), or of a glob. Throws ERR_USAGE where there is
 * none, and where a file is something else.
 */
export async function pactsIn(source: string, cwd: string): Promise<PactDocument[]> {
  const files = await filesOf(source, cwd, pactFiles)
  const texts = await Promise.all(files.map((file) => readText(file, cwd)))
  return texts.map((text, place) => readPact(text, files[place] as string))
}
