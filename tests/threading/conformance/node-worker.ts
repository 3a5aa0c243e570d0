import { serveThreads } from '@skein/threading/node'
import './run-case.ts'

serveThreads()
