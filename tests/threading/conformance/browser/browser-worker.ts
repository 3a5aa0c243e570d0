import { serveThreads } from '@skein/threading/web'
import '../run-case.ts'

serveThreads()
