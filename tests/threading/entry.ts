import { serveThreads } from '../../shared/threading/node.ts'
import './stress-targets.ts'
import './targets.ts'

serveThreads()
