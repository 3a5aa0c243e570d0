// Ahead of time, so that the parsers are loaded when a thread starts.
import './tracks/read-track.ts'
import './database/database-thread.ts'
import './scan-thread.ts'
import { serveThreads } from '@skein/threading/node'

serveThreads()
