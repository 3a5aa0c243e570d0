// Ahead of time, so that the parsers are there when a thread starts.
import './tags/read-track.ts'
import './scan-thread.ts'
import { serveThreads } from '../../shared/threading/src/node.ts'

serveThreads()
