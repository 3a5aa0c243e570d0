import { serveThreads } from '@skein/threading/web'
import './analyzer-thread.ts'
import './decoder-thread.ts'
import './input-thread.ts'
import './playback-thread.ts'
import './selector-thread.ts'

serveThreads()
