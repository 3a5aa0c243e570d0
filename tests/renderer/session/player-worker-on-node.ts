import { serveThreads } from '@skein/threading/node'
import '../../../renderer/workers/decoder-thread.ts'
import '../../../renderer/workers/input-thread.ts'
import '../../../renderer/workers/playback-thread.ts'
import '../../../renderer/workers/selector-thread.ts'

serveThreads()
