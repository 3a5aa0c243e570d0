import './scan-thread.ts'
import { serveThreads } from '../../shared/threading/node.ts'

serveThreads()
