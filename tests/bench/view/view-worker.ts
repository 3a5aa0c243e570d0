import { serveThreads } from '../../../shared/threading/src/web.ts'
import './view-targets.ts'

serveThreads()
