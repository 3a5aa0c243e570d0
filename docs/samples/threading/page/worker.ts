import { serveThreads } from '../../../../shared/threading/src/web.ts'
import './targets.ts'

serveThreads()
