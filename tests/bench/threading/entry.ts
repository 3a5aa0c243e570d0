import { serveThreads } from '../../../shared/threading/node.ts'
import './targets.ts'

serveThreads()
