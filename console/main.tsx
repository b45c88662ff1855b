import './style/tokens.css'
import './style/base.css'
import './style/parts.css'
import './style/users.css'
import './style/requests.css'
import './style/views.css'
import './style/changes.css'
import './style/editor.css'
import './style/forced.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { start } from './model/live.ts'
import { watchRestarts } from './model/restart.ts'
import { usePass } from './model/token.ts'
import { watchOffers } from './model/undo.ts'

await usePass()
start()
watchOffers()
watchRestarts()
const place = document.querySelector('#console')
if (place !== null) render(<App />, place)
