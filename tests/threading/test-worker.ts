import { serveThreads } from '@skein/threading/node'
import './test-targets.ts'

serveThreads()
