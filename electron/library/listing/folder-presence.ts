import { readDirectory } from '../../platform/read-directory.ts'
import { isSkippedName } from './skipped-names.ts'

/** Whether a folder is there. An empty one is the place of a disk that is not mounted. */
export async function isPresent(folder: string): Promise<boolean> {
  return await readDirectory(folder).then(
    (entries) => entries.some(({ name }) => !isSkippedName(name)),
    () => false,
  )
}
