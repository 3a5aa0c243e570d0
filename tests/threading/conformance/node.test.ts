import { commonMaxObjects } from './memory-size.ts'
import { testOnNode } from './on-node.ts'
import { commonSuites } from './suites.ts'

testOnNode(commonSuites, { maxObjects: commonMaxObjects })
