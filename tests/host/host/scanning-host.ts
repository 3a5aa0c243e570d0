/** A host that scans a folder and does not come to an end of it: `scanning-host DATA FOLDER`. Closes at a line on stdin. */
import { once } from 'node:events'
import { HostService } from '../../../electron/host/host-service.ts'

const [data = '', folder = ''] = process.argv.slice(2)
// No page subscribes, so no scan thread starts.
const service = new HostService({ data, waitsForPage: true })
await service.start({ kind: 'show' })
await service.open(folder)
console.log('scanning')
await once(process.stdin, 'data')
await service.close()
process.exit(0)
