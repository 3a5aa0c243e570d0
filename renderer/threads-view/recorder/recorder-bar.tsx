import { ClipboardCopy, Download, FolderOpen, Undo2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import type { Layout, ThreadsModel } from '../model/threads-model.ts'
import { formatThreadDump } from '../trace-file/thread-dump.ts'
import { exportTrace, openTrace } from '../trace-file/trace-files.ts'
import { CostReadout } from './cost-readout.tsx'
import { MomentSlider } from './moment-slider.tsx'
import styles from './recorder-bar.module.css'

interface RecorderBarProps {
  readonly model: ThreadsModel
  readonly layout: Layout
}

/** The recorder: which moment is shown, its files, and what it costs. */
export function RecorderBar({ model, layout }: RecorderBarProps) {
  const [told, setTold] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const files = useRef<HTMLInputElement>(null)

  /** Does what takes a while, and tells how it went. */
  const perform = (work: () => Promise<string>): void => {
    setIsBusy(true)
    setTold('')
    work()
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
      .then((sentence) => {
        setTold(sentence)
        setIsBusy(false)
      })
  }

  const open = (file: File | undefined): void => {
    if (file) perform(() => openTrace(model, file).then(() => ''))
  }

  return (
    <section className={styles.bar} aria-label="Recorder">
      <MomentSlider model={model} layout={layout} />
      {layout.trace !== undefined && (
        <>
          <strong className={styles.trace} title={layout.trace}>
            File {layout.trace}
          </strong>
          <BarButton onClick={() => model.follow()} icon={<Undo2 size={12} aria-hidden="true" />}>
            Back to live
          </BarButton>
        </>
      )}
      <span className={styles.told} role="status" title={told}>
        {told}
      </span>
      <CostReadout model={model} />
      <BarButton
        disabled={isBusy}
        onClick={() => perform(async () => `Saved ${await exportTrace(model)}.`)}
        icon={<Download size={12} aria-hidden="true" />}
      >
        Export trace…
      </BarButton>
      <BarButton
        disabled={isBusy}
        onClick={() => files.current?.click()}
        icon={<FolderOpen size={12} aria-hidden="true" />}
      >
        Open trace…
      </BarButton>
      <input
        ref={files}
        type="file"
        accept=".json,application/json"
        aria-label="Trace file"
        hidden
        onChange={(event) => {
          open(event.currentTarget.files?.[0])
          // The same file can be chosen again.
          event.currentTarget.value = ''
        }}
      />
      <BarButton
        onClick={() => perform(() => copy(formatThreadDump(model.scene())))}
        icon={<ClipboardCopy size={12} aria-hidden="true" />}
      >
        Copy dump
      </BarButton>
    </section>
  )
}

async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text)
    return 'The dump is in the clipboard.'
  } catch {
    throw new Error('The dump could not be copied: click into the window and try again.')
  }
}

function BarButton(props: {
  readonly icon: ReactNode
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: string
}) {
  const { icon, disabled, onClick, children } = props
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={children}
      title={children}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
      <span className={styles.word}>{children}</span>
    </button>
  )
}
