import './phone'
import 'whatwg-fetch'
import 'abort-controller/polyfill'
import './index'
