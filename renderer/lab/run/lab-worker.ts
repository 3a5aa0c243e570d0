import { serveThreads } from '../../../shared/threading/src/web.ts'
import '../programs/index.ts'

serveThreads()
