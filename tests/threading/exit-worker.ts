import { serveThreads } from '../../shared/threading/node.ts'
import './exit-targets.ts'

serveThreads()
