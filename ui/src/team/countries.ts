import { useQuery } from '@tanstack/react-query';
import { commands, type Country } from '../ipc/bindings';

export const useCountries = () =>
  useQuery({ queryKey: ['countries'], queryFn: () => commands.countries(), staleTime: Infinity });

const names = new Intl.DisplayNames('en-GB', { type: 'region' });

export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** `Australia/Brisbane` as one says it: `Brisbane`; the region too where there is more than one. */
export const zoneName = (zone: string): string =>
  zone.split('/').slice(1).reverse().join(', ').replaceAll('_', ' ') || zone;

/** Where this computer stands, as far as its clock tells. */
export function guessPlace(countries: Country[], zone = Intl.DateTimeFormat().resolvedOptions().timeZone) {
  const held = countries.filter((country) => country.zones.includes(zone));
  // A zone that two countries share is first of all the one's whose busiest it is.
  const country = held.find((each) => each.zones[0] === zone) ?? held[0];
  return country ? { country: country.code, zone } : null;
}
