import { createContext } from 'react'
import { type Filter, noFilter } from './filter.ts'

export const FilterContext = createContext<Filter>(noFilter)
