import { serveThreads } from '../../../shared/threading/node.ts'
import './run.ts'

serveThreads()
