import '../../renderer/lab/programs/index.ts'
import { serveThreads } from '../../shared/threading/node.ts'

serveThreads()
