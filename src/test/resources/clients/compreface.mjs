// What a user of @exadel/compreface-js-sdk does, against a box; prints the answers as JSON.
// Arguments: folder with node_modules, folder with pictures, port, key.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [modules, pictures, port, key] = process.argv.slice(2)
const { CompreFace } = await import(
  pathToFileURL(`${modules}/node_modules/@exadel/compreface-js-sdk/index.js`).href
)
const server = new CompreFace('http://127.0.0.1', Number(port), {})
const recognition = server.initFaceRecognitionService(key)
const detection = server.initFaceDetectionService(key)
const verification = server.initFaceVerificationService(key)
// Each call leaves its address behind for the next: a new collection for each.
const faces = () => recognition.getFaceCollection()
const subjects = () => recognition.getSubjects()
// It takes a path for one only if it begins with a dot.
process.chdir(pictures)
const path = (name) => `./${name}.jpg`
const base64 = (name) => readFileSync(path(name)).toString('base64')

const seen = {}
const failed = (error) => ({ refused: error.response?.status ?? String(error), ...error.response?.data })
const step = async (name, call) => {
  seen[name] = await Promise.resolve()
    .then(call)
    .catch(failed)
}

await step('empty', () => subjects().list())
await step('added', () => subjects().add('Anna'))
await step('again', () => subjects().add('Anna'))
await step('renamed', () => subjects().rename('Anna', 'Johann Maria'))
await step('path', () => faces().add(path('anna1'), 'Johann Maria', { det_prob_threshold: 0.8 }))
await step('base64', () => faces().add(base64('anna2'), 'Johann Maria', {}))
await step('listed', () => faces().list())
await step('verifiedId', () => faces().verify(path('anna3'), seen.path.image_id, {}))
await step('recognized', () =>
  recognition.recognize(path('anna3'), { limit: 0, det_prob_threshold: 0.8, face_plugins: 'age,landmarks', status: true })
)
await step('stranger', () => recognition.recognize(base64('carl1'), {}))
await step('nobody', () => recognition.recognize(path('nobody'), {}))
await step('detected', () => detection.detect(path('anna1'), { face_plugins: 'landmarks' }))
await step('compared', () => verification.verify(path('anna1'), path('anna2'), {}))
await step('comparedBase64', () => verification.verify(base64('anna1'), base64('ben1'), {}))
await step('deletedId', () => faces().delete(seen.path.image_id))
await step('deletedIdAgain', () => faces().delete(seen.path.image_id))
await step('deletedAllOfOne', () => faces().delete_all_subject('Johann Maria'))
await step('deletedSubject', () => subjects().delete('Nobody'))
await step('deletedAll', () => subjects().deleteAll())
console.log(JSON.stringify(seen))
