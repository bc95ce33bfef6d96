// The nodes of node-red-contrib-deepstack, run without Node-RED: it hands them a message and takes what they send.
// Arguments: folder with node_modules, folder with pictures, port, key.
const { readFileSync } = require('node:fs')
const Module = require('node:module')

// It draws on pictures with sharp, whose library only an install script brings; nothing is drawn here.
const load = Module._load
Module._load = (name, ...rest) => (name === 'sharp' ? {} : load(name, ...rest))
const [modules, pictures, port, key] = process.argv.slice(2)
const server = {
  proto: 'http', host: '127.0.0.1', port, version: 'v1', rejectUnauthorized: true, credentials: { apiKey: key }
}

function run (file, config, message) {
  return new Promise((resolve) => {
    require(`${modules}/node_modules/node-red-contrib-deepstack/${file}.js`)({
      nodes: {
        createNode () {},
        getNode: () => server,
        registerType (type, Node) {
          const node = Object.assign(Object.create(Node.prototype), {
            status () {}, send: resolve, error: (reason) => resolve({ error: String(reason) }),
            on: (event, handler) => handler(message)
          })
          Node.call(node, config)
        }
      }
    })
  })
}

const picture = (name) => readFileSync(`${pictures}/${name}.jpg`)
const recognized = async (name, confidence) => {
  const sent = await run('deepstack-face-recognition', { server: 's', confidence, filters: ['Anna'] }, { payload: picture(name) })
  return sent.error ? sent : { success: sent[0].success, predictions: sent[0].payload, forAnna: sent[1]?.payload ?? null }
}
const registered = async (name, userid) => {
  const sent = await run('deepstack-face-registration', { server: 's' }, { payload: picture(name), userid })
  return { success: sent.success, message: sent.payload, error: sent.error }
}

;(async () => {
  const seen = { nobodyYet: await recognized('anna1', 67) }
  seen.added = await registered('anna1', 'Anna')
  seen.updated = await registered('anna2', 'Anna')
  seen.anna = await recognized('anna3', 40)
  seen.stranger = await recognized('carl1', 40)
  seen.noFace = await recognized('nobody', 40)
  seen.notRegistered = await registered('nobody', 'Ben')
  server.credentials.apiKey = 'wrong'
  seen.wrongKey = await recognized('anna3', 40)
  console.log(JSON.stringify(seen))
  process.exit(0)
})()
