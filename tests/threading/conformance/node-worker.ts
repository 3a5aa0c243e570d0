import { serveThreads } from '../../../shared/threading/src/node.ts'
import './run-case.ts'

serveThreads()
