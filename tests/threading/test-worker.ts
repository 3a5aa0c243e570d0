import { serveThreads } from '@skein/threading/node'
import './deadlocks/program-targets.ts'
import './ending-targets.ts'
import './test-targets.ts'

serveThreads()
