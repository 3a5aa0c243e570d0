import { useRef, useState } from 'react'
import { useAnalysis } from '../analysis/analysis-context.ts'
import { findProcess, type ObjectKey, type ProcessGroup, type Scene } from '../model/threads-model.ts'
import { ObjectDetails } from './object-details.tsx'
import { ObjectsTable } from './objects-table.tsx'

interface ObjectsSectionProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
}

/** The table of objects, and the details of the selected one. */
export function ObjectsSection({ groups, scene }: ObjectsSectionProps) {
  const [selected, setSelected] = useState<ObjectKey>()
  const shown = useAnalysis()?.number
  const root = useRef<HTMLDivElement>(null)
  const process = selected && findProcess(scene(), selected.process)
  const close = (): void => {
    setSelected(undefined)
    root.current?.querySelector<HTMLElement>('table button[aria-expanded="true"]')?.focus()
  }
  return (
    <div ref={root}>
      <ObjectsTable groups={groups} scene={scene} selected={selected} onSelect={setSelected} />
      {selected && process && (
        <ObjectDetails
          key={`${shown} ${selected.process} ${selected.id}`}
          object={selected}
          label={process.label(selected.id)}
          onClose={close}
        />
      )}
    </div>
  )
}
