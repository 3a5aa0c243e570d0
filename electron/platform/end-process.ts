import { setTimeout } from 'node:timers/promises'

/** Milliseconds that file accesses have to return. */
const accessTimeout = 200

/**
 * Ends this process with `exit`. That waits for every thread and for every file access, and so forever if a disk does not
 * respond: then the system ends the process instead. `haveThreadsEnded` is false if a thread could not be ended.
 */
export async function endProcess(exit: () => void, haveThreadsEnded: boolean): Promise<void> {
  for (let waited = 0; waited < accessTimeout && isAccessingFiles(); waited += 10) await setTimeout(10)
  if (haveThreadsEnded && !isAccessingFiles()) exit()
  else process.kill(process.pid, 'SIGKILL')
}

function isAccessingFiles(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(FSReq|FileHandleCloseReq)/.test(name))
}
