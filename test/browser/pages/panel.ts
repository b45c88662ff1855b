import './app.ts'
import '../../../src/panel.ts'
