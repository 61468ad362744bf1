// Numbers of nobody that pass their check digits.

/** 18 characters: region, birthday, sequence, check digit. */
export function residentId(first17) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
  return first17 + "10X98765432"[sum % 11];
}

/** A card number: the digits, and the one that Luhn adds. */
export function bankCard(first) {
  const sum = [...first].toReversed().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return first + String((10 - (sum % 10)) % 10);
}
