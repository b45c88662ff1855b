const { getDefaultConfig } = require('@react-native/metro-config')

// The core of React Native needs a phone; the test gives what it gives to JavaScript.
const { serializer, ...config } = getDefaultConfig(__dirname)
module.exports = { ...config, serializer: { ...serializer, getModulesRunBeforeMainModule: () => [] } }
