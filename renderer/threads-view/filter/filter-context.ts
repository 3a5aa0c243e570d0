import { createContext } from 'react'
import { noFilter, type ThreadFilter } from './thread-filter.ts'

export const FilterContext = createContext<ThreadFilter>(noFilter)
