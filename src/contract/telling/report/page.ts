import { markup } from '../../../core/markup.ts'

const style = `
:root { color-scheme: light dark; --ok: light-dark(#14672c, #7ddc98); --bad: light-dark(#b3140f, #ff9a90);
  --dim: light-dark(#595f69, #a3abb8); --line: light-dark(#d9dde3, #3a404a); --soft: light-dark(#f5f6f8, #1e2228); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; }
td, th { border-bottom: 1px solid var(--line); padding: .35rem .75rem .35rem 0; vertical-align: top; }`

/** An HTML page that needs nothing beside it, for light and dark. `body` is markup already, `title` is text. */
export function htmlPage(title: string, ownStyle: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${markup(title)}</title><style>${style}${ownStyle}</style></head><body><main>`,
    ...body,
    '</main></body></html>',
    '',
  ].join('\n')
}
