import { serveThreads } from '../../shared/threading/web.ts'
import './programs/index.ts'

serveThreads()
