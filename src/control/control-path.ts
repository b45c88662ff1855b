/** Where the control API lives on every host. */
export const controlPath = '/__understudy'

/** Tells the id of what a call has changed, which `POST /undo` takes. */
export const changeHeader = 'x-understudy-change'
