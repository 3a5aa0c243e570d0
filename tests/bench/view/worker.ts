import { serveThreads } from '../../../shared/threading/web.ts'
import './targets.ts'

serveThreads()
