import type { JSX } from 'preact'

const paths = {
  ban: 'M4.2 4.2l7.6 7.6M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z',
  bin: 'M3.5 4.5h9M6.5 4.5v-2h3v2M4.6 4.5l.6 9h5.6l.6-9',
  check: 'M3.5 8.5l3 3 6-7',
  chevron: 'M6 4l4 4-4 4',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  dot: 'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  download: 'M8 2.5v8m-3.5-3L8 11l3.5-3.5M3 13.5h10',
  half: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 1 1 0 11',
  help: 'M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.4M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z',
  hourglass:
    'M4.5 2.5h7M4.5 13.5h7M5.2 2.5c0 3 2.8 3.5 2.8 5.5s-2.8 2.5-2.8 5.5M10.8 2.5c0 3-2.8 3.5-2.8 5.5s2.8 2.5 2.8 5.5',
  key: 'M6 7.2a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8zM8.1 8l4.9-4.9M10.6 5.4l1.8 1.8',
  lock: 'M3.8 7.2h8.4v6H3.8zM5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2',
  moon: 'M12.8 9.9A5.6 5.6 0 0 1 6.1 3.2a5.6 5.6 0 1 0 6.7 6.7z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2v9.6L12.5 8z',
  plus: 'M8 3.5v9M3.5 8h9',
  reset: 'M3.2 8a4.8 4.8 0 1 0 1.5-3.5L3 6.1M3 2.8v3.3h3.3',
  share:
    'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.9-.9',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8',
  user: 'M8 2.8a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM3 13.4c.5-2.6 2.4-4 5-4s4.5 1.4 5 4',
  x: 'M4 4l8 8M12 4l-8 8',
} as const

export type IconName = keyof typeof paths

/** A small picture beside a word that says the same. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
