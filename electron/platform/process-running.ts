import { errorCode } from './node-errors.ts'

/** Whether a process with this number runs, of any user. */
export function isProcessRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
