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
import { watchOffers } from './model/undo.ts'

start()
watchOffers()
watchRestarts()
const place = document.querySelector('#console')
if (place !== null) render(<App />, place)
