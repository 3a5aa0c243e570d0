import { serveThreads } from '@skein/threading/node'
import './exit-targets.ts'

serveThreads()
