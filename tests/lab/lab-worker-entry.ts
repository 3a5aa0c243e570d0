import '../../renderer/lab/programs/index.ts'
import { serveThreads } from '../../shared/threading/src/node.ts'

serveThreads()
