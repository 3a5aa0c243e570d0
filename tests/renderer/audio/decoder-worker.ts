import { serveThreads } from '@skein/threading/web'
import '../../../renderer/workers/decoder-thread.ts'

serveThreads()
