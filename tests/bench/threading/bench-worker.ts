import { serveThreads } from '../../../shared/threading/src/node.ts'
import './bench-targets.ts'

serveThreads()
