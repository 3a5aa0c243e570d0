import { serveThreads } from '../../shared/threading/src/node.ts'
import './stress-targets.ts'
import './test-targets.ts'

serveThreads()
