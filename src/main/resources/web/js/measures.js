// What the box measures of itself, read from its Prometheus metrics.

/** What is shown; each has a text `system.measure.NAME` and is a number, or null while it is not known. */
export const MEASURES = ['processor', 'memory', 'recognition', 'requests', 'database', 'free'];

const LINE = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/;

/** Takes the sums that measures() needs out of the text of `/metrics`. */
export function read(text, at = Date.now()) {
  const sums = {};
  for (const line of text.split('\n')) {
    const found = LINE.exec(line);
    if (found) {
      const [, name, labels, value] = found;
      // A picture is decoded once, however many faces are in it.
      const key = name === 'lintel_stage_seconds_count' && !labels.includes('"detect"') ? null : name;
      if (key !== null && Number.isFinite(Number(value))) {
        sums[key] = (sums[key] ?? 0) + Number(value);
      }
    }
  }
  return { at, sums };
}

/** The measures at the later of two readings; what is a rate is one of the time between them. */
export function measures(before, now) {
  const value = name => now.sums[name] ?? null;
  // After a restart of the box what is counted begins again at zero.
  const gained = name => (before === null ? null : Math.max(0, (now.sums[name] ?? 0) - (before.sums[name] ?? 0)));
  const pictures = gained('lintel_stage_seconds_count');
  const answered = gained('lintel_requests_seconds_count');
  const scale = (name, by) => (value(name) === null ? null : value(name) * by);
  return {
    processor: scale('process_cpu_usage', 100),
    memory: scale('process_memory_resident_bytes', 1 / 2 ** 20),
    recognition: pictures ? (gained('lintel_stage_seconds_sum') / pictures) * 1000 : null,
    requests: answered === null ? null : (answered / Math.max(1, now.at - before.at)) * 60_000,
    database: scale('lintel_store_database_bytes', 1 / 2 ** 20),
    free: scale('lintel_store_free_bytes', 1 / 1e9),
  };
}

/** The points of a line through the values in a field of this size, from zero at its foot; gaps where a value is null. */
export function lines(values, width, height) {
  const top = Math.max(...values.filter(value => value !== null), 0) || 1;
  const step = width / Math.max(1, values.length - 1);
  const parts = [[]];
  values.forEach((value, i) => {
    if (value === null) {
      parts.push([]);
    } else {
      parts[parts.length - 1].push(`${round(i * step)},${round(height - (value / top) * height)}`);
    }
  });
  return parts.filter(part => part.length > 0).map(part => part.join(' '));
}

const round = number => Math.round(number * 10) / 10;
