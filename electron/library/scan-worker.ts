// Ahead of time, so that the parsers are there when a thread starts.
import './tags/read-track.ts'
import './scan-thread.ts'
import { serveThreads } from '@skein/threading/node'

serveThreads()
