/** The middle one. */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The median of the ratios of values measured side by side, with the least and the greatest. */
export function ratio(values, yardstick) {
  const ratios = values.map((value, round) => value / yardstick[round])
  return { median: median(ratios), least: Math.min(...ratios), greatest: Math.max(...ratios) }
}

/** A ratio as it is told: the median, and in brackets the least and the greatest. */
export function times({ median: middle, least, greatest }) {
  return `${middle.toFixed(2)} (${least.toFixed(2)}–${greatest.toFixed(2)})`
}
