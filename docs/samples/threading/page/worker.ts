import { serveThreads } from '@skein/threading/web'
import './targets.ts'

serveThreads()
