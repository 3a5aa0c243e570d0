import '../../renderer/lab/programs/index.ts'
import { serveThreads } from '@skein/threading/node'

serveThreads()
