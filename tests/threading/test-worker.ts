import { serveThreads } from '@skein/threading/node'
import './stress-targets.ts'
import './test-targets.ts'

serveThreads()
