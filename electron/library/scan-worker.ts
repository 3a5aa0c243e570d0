import './scan-thread.ts'
import { serveThreads } from '../../shared/threading/index.ts'

serveThreads()
