import { create } from 'zustand'
import { exercises } from '../exercises/index.ts'
import type { Setup } from '../model/exercise.ts'
import { createInitialSetup, formatLink, type ParsedLink, parseLink } from './deep-link.ts'

/** Which listings are shown. */
export type ListingChoice = 'typescript' | 'python' | 'both'

/** What the user has set in the Lab: it outlives the view, whose process does not. */
interface LabState {
  readonly exercise: string
  /** By exercise; those that were never changed are not in it. */
  readonly setups: Readonly<Record<string, Setup>>
  readonly slowness: number
  readonly listingChoice: ListingChoice
  /** What the link that was opened last asked for and could not have. */
  readonly warning: string | undefined
}

const firstExercise = exercises[0]!

export const useLabStore = create<LabState>(() => ({
  exercise: firstExercise.id,
  setups: {},
  slowness: 1,
  listingChoice: 'typescript',
  warning: undefined,
}))

export const exerciseById = (id: string) => exercises.find((one) => one.id === id) ?? firstExercise

export const getSetup = ({ setups }: LabState, id: string): Setup =>
  setups[id] ?? createInitialSetup(exerciseById(id))

export const showExercise = (exercise: string): void => useLabStore.setState({ exercise, warning: undefined })

export function changeSetupValue(name: string, value: Setup[string]): void {
  useLabStore.setState((was) => {
    const setup = { ...getSetup(was, was.exercise), [name]: value }
    return { setups: { ...was.setups, [was.exercise]: setup }, warning: undefined }
  })
}

export const setSlowness = (slowness: number): void => useLabStore.setState({ slowness, warning: undefined })

export const chooseListing = (listings: ListingChoice): void =>
  useLabStore.setState({ listingChoice: listings })

/** The link to what is shown, as it is set. */
export function formatCurrentLink(state: LabState): string {
  const { exercise, slowness } = state
  return formatLink(exerciseById(exercise), getSetup(state, exercise), slowness)
}

/** Shows what a link asks for. Says whether it is a link to the Lab at all. */
export function openLink(text: string): boolean {
  const link = parseLink(text, exercises)
  if (link !== undefined) useLabStore.setState((was) => applyLink(was, link))
  return link !== undefined
}

const applyLink = (
  was: LabState,
  { exercise, setup, slowness, warning: complaint }: ParsedLink,
): Partial<LabState> => ({
  exercise,
  setups: { ...was.setups, [exercise]: setup },
  slowness,
  warning: complaint,
})
