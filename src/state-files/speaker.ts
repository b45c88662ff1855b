import { connect, createServer, type Server } from 'node:net'

/** Milliseconds within which whoever is not busy answers. */
const answerMs = 500

/** A server that says a word to whoever comes, and does not keep the process alive. */
export function createSpeaker(word: () => string): Server {
  return createServer((socket) => socket.on('error', () => undefined).end(word())).unref()
}

/** Listens at a path: nobody else can from then on, until the process ends. */
export function listenAt(server: Server, path: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    // Never without: a server that fails later must not take the process along.
    server.on('error', reject).listen(path, resolve)
  })
}

/** What is said at a socket, if anything; undefined where nobody listens any more. */
export function ask(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let word = ''
    const socket = connect(path)
    socket.setEncoding('latin1').setTimeout(answerMs, () => socket.destroy())
    socket.on('data', (text) => (word += String(text)))
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED' || code === 'ENOENT') resolve(undefined)
    })
    // It comes from whoever may write to the folder.
    socket.on('close', () => resolve(/^[\w .-]{1,120}$/.test(word) ? word : ''))
  })
}
