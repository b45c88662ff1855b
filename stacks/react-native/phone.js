// What React Native gives to JavaScript, and no more: no crypto, no TextDecoder, no streams. Its Blob cannot be read as bytes.
const globals = globalThis
globals.window = globals.self = globals
globals.navigator = { product: 'ReactNative' }
globals.Blob = class Blob {}
globals.File = class File extends Blob {}
globals.FileReader = class FileReader {
  readAsArrayBuffer() {
    throw new Error('FileReader.readAsArrayBuffer is not implemented')
  }
}
globals.URL = class URL {
  constructor(url) {
    const [, protocol, hostname, pathname = ''] = /^([a-z]+:)\/\/([^/:?#]+)[^/?#]*([^?#]*)/.exec(url)
    Object.assign(this, { href: url, protocol, hostname, pathname: pathname.endsWith('/') ? pathname : `${pathname}/` })
  }
}
// Hermes of today has these, the last one that is published as a program has not.
Array.prototype.toSorted ??= function (compare) {
  return [...this].sort(compare)
}
Array.prototype.toReversed ??= function () {
  return [...this].reverse()
}
Array.prototype.findLast ??= function (fits) {
  return [...this].reverse().find(fits)
}
for (const prototype of [Array.prototype, String.prototype]) {
  prototype.at ??= function (index) {
    return this[index < 0 ? this.length + index : index]
  }
}
globals.console ??= { log: print, warn: print, error: print, info: print }
