/** A host that scans a folder and stays at its end: `library-host DATA FOLDER`. Prints `begun`, and `done` at the end. */
import { HostService } from '../../../electron/host/host-service.ts'

const [data = '', folder = ''] = process.argv.slice(2)
const service = new HostService({ data })
service.events.subscribe((event) => {
  if (event.kind === 'failure') console.error(event.message)
})
await service.start({ kind: 'show' })
await service.open(folder)
console.log('begun')
await service.library.settled()
console.log('done')
