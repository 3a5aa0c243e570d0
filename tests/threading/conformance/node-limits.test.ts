import { testOnNode } from './on-node.ts'
import { fillingSuites } from './suites.ts'

testOnNode(fillingSuites)
