import { serveThreads } from '../../../../shared/threading/src/web.ts'
import '../run-case.ts'

serveThreads()
