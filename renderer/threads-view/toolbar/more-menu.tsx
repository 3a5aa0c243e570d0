import {
  ChartLine,
  ClipboardCopy,
  Download,
  Ellipsis,
  FolderOpen,
  PanelRight,
  TableProperties,
} from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { ThreadsModel } from '../model/threads-model.ts'
import { CostReadout } from '../recorder/cost-readout.tsx'
import type { RecorderActions } from '../recorder/use-recorder-actions.ts'
import { closePopoverOf, ToolbarPopover } from '../widgets/toolbar-popover.tsx'
import styles from './more-menu.module.css'
import type { ShownParts } from './shown-parts.ts'

export interface MoreMenuProps {
  readonly model: ThreadsModel
  readonly shown: ShownParts
  readonly onShown: (shown: ShownParts) => void
  readonly recorder: RecorderActions
  /** Undefined if threads cannot be controlled. */
  readonly slowMotion: ReactNode
}

/** The toolbar's menu: the visible parts, slow motion, trace files, and the cost of the recorder. */
export function MoreMenu({ model, shown, onShown, recorder, slowMotion }: MoreMenuProps) {
  return (
    <ToolbarPopover name={m.threads_more()} icon={<Ellipsis size={16} aria-hidden="true" />}>
      <PartToggles shown={shown} onChange={onShown} />
      {slowMotion && <div className={styles.section}>{slowMotion}</div>}
      <div className={styles.section}>
        <TraceItems recorder={recorder} />
      </div>
      <div className={styles.section}>
        <CostReadout model={model} />
      </div>
    </ToolbarPopover>
  )
}

function PartToggles({
  shown,
  onChange,
}: {
  readonly shown: ShownParts
  readonly onChange: (shown: ShownParts) => void
}) {
  const parts = [
    { part: 'series', name: m.threads_series(), Icon: ChartLine },
    { part: 'events', name: m.threads_events(), Icon: TableProperties },
    { part: 'objects', name: m.threads_objects(), Icon: PanelRight },
  ] as const
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not of fields
    <div role="group" aria-label={m.threads_parts_shown()} className={styles.parts}>
      {parts.map(({ part, name, Icon }) => (
        <button
          key={part}
          type="button"
          className={styles.toggle}
          aria-pressed={shown[part]}
          onClick={() => onChange({ ...shown, [part]: !shown[part] })}
        >
          <Icon size={12} aria-hidden="true" />
          {name}
        </button>
      ))}
    </div>
  )
}

function TraceItems({ recorder }: { readonly recorder: RecorderActions }) {
  const { isBusy, exportTrace, openTrace, copyDump } = recorder
  const files = useRef<HTMLInputElement>(null)
  return (
    <>
      <Item disabled={isBusy} onClick={exportTrace} icon={<Download size={14} aria-hidden="true" />}>
        {m.threads_trace_export()}
      </Item>
      <Item
        disabled={isBusy}
        onClick={() => files.current?.click()}
        icon={<FolderOpen size={14} aria-hidden="true" />}
      >
        {m.threads_trace_open()}
      </Item>
      <input
        ref={files}
        type="file"
        accept=".json,application/json"
        aria-label={m.threads_trace_file()}
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) openTrace(file)
          // Resets the field, so that the same file can be chosen again.
          currentTarget.value = ''
        }}
      />
      <Item onClick={copyDump} icon={<ClipboardCopy size={14} aria-hidden="true" />}>
        {m.threads_dump_copy()}
      </Item>
    </>
  )
}

interface ItemProps {
  readonly icon: ReactNode
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: string
}

/** A menu item. It closes the menu. */
function Item({ icon, disabled, onClick, children }: ItemProps) {
  return (
    <button
      type="button"
      className={styles.item}
      disabled={disabled}
      onClick={(event) => {
        closePopoverOf(event.currentTarget)
        onClick()
      }}
    >
      {icon}
      {children}
    </button>
  )
}
