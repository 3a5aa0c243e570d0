import { serveThreads } from '@skein/threading/node'
import '../../../renderer/workers/analyzer-thread.ts'

serveThreads()
