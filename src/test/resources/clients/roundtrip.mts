import type { components, paths } from './lintel.js';

const [base, key, label] = process.argv.slice(2);

async function send<T>(path: keyof paths, query: string, photo: string): Promise<T> {
  const form = new FormData();
  form.append('file', new Blob([photo]), 'photo.jpg');
  const answer = await fetch(base + path + query, { method: 'POST', body: form, headers: { 'X-API-Key': key } });
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
  return await answer.json() as T;
}

type Enrolled = paths['/enroll']['post']['responses']['200']['content']['application/json'];
const enrolled = await send<Enrolled>('/enroll', `?label=${label}`, 'anna1');
const found = await send<components['schemas']['IdentifyAnswer']>('/identify', '', 'anna2');
console.log(JSON.stringify({ enrolled: enrolled.enrolled, label: found.label, person: found.person?.external_id ?? null }));
