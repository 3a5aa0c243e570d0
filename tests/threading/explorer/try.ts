import { loadWorld } from '/work/main/tests/threading/explorer/build/world.ts'
const pattern = process.argv[2] ?? '', limit = Number(process.argv[3] ?? 1000), preemptions = Number(process.argv[4] ?? 2), random = Number(process.argv[5]??500)
let t = performance.now()
const w: any = await loadWorld('scenarios/index.ts')
console.log('load', performance.now() - t)
let all = 0
for (const s of w.all) {
  if (!s.name.includes(pattern)) continue
  t = performance.now()
  const r = w.walk(s, { preemptions, limit, random, seed: 1 })
  all += r.schedules
  const dt = performance.now() - t
  console.log(r.scenario.padEnd(60), r.schedules, r.bounds.map((b: any) => b.schedules + (b.isWhole ? '' : '+')).join(' '), (dt / r.schedules * 1000).toFixed(0) + 'us', r.found ? '\n   FOUND ' + r.found.sentence + ' ' + JSON.stringify(r.found.choices).slice(0,200) +' takes '+r.found.switchTakes + ' seed ' + r.found.seed: '')
  if (r.found && process.argv[6]) console.log(r.found.schedule.split('\n').slice(0,Number(process.argv[6])).join('\n'))
}
console.log(all)
