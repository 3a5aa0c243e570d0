// Ahead of time, so that the parsers are there when a thread starts.
import './read-track.ts'
import './scan-thread.ts'
import { serveThreads } from '../../shared/threading/node.ts'

serveThreads()
