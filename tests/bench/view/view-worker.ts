import { serveThreads } from '@skein/threading/web'
import './view-targets.ts'

serveThreads()
