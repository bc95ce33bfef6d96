// Names that may be meant for each other. No element, no clock.

/** A name without accents, capitals and what stands between its words. */
export const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().replace(/ß/g, 'ss');

const letters = text => plain(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** The names that this one is hardly told apart from: the same but for accents, capitals and spaces, or one slip of the keys. */
export function nearTwins(name, names) {
  const wanted = letters(name);
  return names.filter(other => other !== name && alike(wanted, letters(other)));
}

function alike(one, other) {
  if (one === other) {
    return true;
  }
  // A short name that differs in a letter is another name: Jan and Jana, Tim and Tom.
  return Math.min(one.length, other.length) > 4 && oneSlip(one, other);
}

/** Whether one letter too many, too few or wrong, or two that changed places, make the one the other. */
function oneSlip(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) {
    return false;
  }
  let i = 0;
  while (i < short.length && short[i] === long[i]) {
    i++;
  }
  return short.slice(i) === long.slice(i + 1) || (short.length === long.length
    && (short.slice(i + 1) === long.slice(i + 1)
      || (short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2))));
}

/** The names in which a part is found, whatever its accents and capitals. */
export function withPart(part, names) {
  const wanted = plain(part.trim());
  return wanted === '' ? [] : names.filter(name => plain(name).includes(wanted));
}
