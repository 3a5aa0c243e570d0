import { setExcepthook } from '@skein/threading'
import { serveThreads } from '@skein/threading/node'
import { reportUnplanned } from './random-program.ts'

setExcepthook(reportUnplanned)
serveThreads()
