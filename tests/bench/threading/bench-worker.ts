import { serveThreads } from '@skein/threading/node'
import './bench-targets.ts'

serveThreads()
