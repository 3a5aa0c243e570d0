import { loadWorld } from './build/world.ts'
const w = await loadWorld()
let all = 0
for (const g of process.argv.slice(2)) for (const s of (w.scenarios as any)[g]) {
  const r = w.walk(s, { preemptions: 4, limit: 1200, random: 3000, seed: 7 })
  all += r.schedules
  if (r.found) console.log(`${s.name}: ${r.found.sentence} after ${r.schedules} '${r.found.choices}' ${r.found.switchTakes}`)
}
console.log(all)
