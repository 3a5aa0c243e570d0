import { serveThreads } from '@skein/threading/web'
import '../programs/index.ts'

serveThreads()
