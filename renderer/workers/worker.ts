import { serveThreads } from '../../shared/threading/web.ts'
import './input.ts'
import './playback.ts'
import './selector.ts'

serveThreads()
