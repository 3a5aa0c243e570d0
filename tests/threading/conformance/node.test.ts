import { testOnNode } from './on-node.ts'
import { commonSuites } from './suites.ts'

testOnNode(commonSuites)
