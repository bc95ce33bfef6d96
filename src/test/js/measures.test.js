import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines, measures, read } from '../../main/resources/web/js/measures.js';

const metrics = (pictures, seconds, requests) => `# HELP x y
process_cpu_usage 0.25
process_memory_resident_bytes 5.24288E8
lintel_store_free_bytes 2.0E9
lintel_store_database_bytes 1048576
lintel_stage_seconds_count{stage="detect"} ${pictures}
lintel_stage_seconds_count{stage="embed"} 900
lintel_stage_seconds_sum{stage="detect"} ${seconds}
lintel_stage_seconds_sum{stage="embed"} 1.0
lintel_requests_seconds_count{outcome="ok",route="identify",status="200"} ${requests}
lintel_requests_seconds_count{outcome="ok",route="list",status="200"} 5
jvm_gc_pause_seconds_max NaN
`;

test('rates are of the time between two readings', () => {
  const before = read(metrics(10, 1, 100), 0);
  const now = read(metrics(20, 1.5, 112), 30_000);
  assert.deepEqual(measures(before, now),
    { processor: 25, memory: 500, recognition: 50, requests: 24, database: 1, free: 2 });
});

test('the first reading has no rate, nor has one without pictures', () => {
  const first = read(metrics(10, 1, 100), 0);
  assert.equal(measures(null, first).requests, null);
  assert.equal(measures(null, first).recognition, null);
  assert.equal(measures(first, read(metrics(10, 1, 100), 5000)).recognition, null);
  assert.equal(measures(first, read(metrics(10, 1, 100), 5000)).requests, 0);
});

test('after a restart nothing is negative', () => {
  assert.equal(measures(read(metrics(10, 1, 100), 0), read(metrics(0, 0, 0), 5000)).requests, 0);
});

test('what the box does not measure is not known', () => {
  assert.equal(measures(null, read('', 0)).memory, null);
});

test('a line ends where a value is missing', () => {
  assert.deepEqual(lines([0, 5, null, 10], 30, 10), ['0,10 10,5', '30,0']);
  assert.deepEqual(lines([null, null], 30, 10), []);
  assert.deepEqual(lines([0, 0], 30, 10), ['0,10 30,10']);
});
