import { serveThreads } from '@skein/threading/node'
import './ending-targets.ts'
import './stress-targets.ts'
import './test-targets.ts'

serveThreads()
