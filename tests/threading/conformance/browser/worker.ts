import { serveThreads } from '../../../../shared/threading/web.ts'
import '../run.ts'

serveThreads()
