import { fileSystemOf } from '../../platform/disk-of.ts'

/** File systems of other machines. Their servers report no changes to Linux. */
const networkFileSystems: ReadonlySet<string> = new Set([
  '9p',
  'afs',
  'ceph',
  'cifs',
  'davfs',
  'fuse.davfs2',
  'fuse.gvfsd-fuse',
  'fuse.rclone',
  'fuse.s3fs',
  'fuse.sshfs',
  'glusterfs',
  'fuse.glusterfs',
  'lustre',
  'ncpfs',
  'nfs',
  'nfs4',
  'smb3',
  'smbfs',
  'virtiofs',
])

/** Whether a folder is on a drive whose changes the system cannot report. Does not access the folder. */
export function isOnNetworkDisk(folder: string): boolean {
  return networkFileSystems.has(fileSystemOf(folder) ?? '')
}
