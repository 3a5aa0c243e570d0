import { serveThreads } from '../../shared/threading/src/web.ts'
import './input-thread.ts'
import './playback-thread.ts'
import './selector-thread.ts'

serveThreads()
