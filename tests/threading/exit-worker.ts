import { serveThreads } from '../../shared/threading/src/node.ts'
import './exit-targets.ts'

serveThreads()
