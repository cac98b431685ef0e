import { describe, expect, it } from 'vitest';
import { i18next } from '../i18n';
import { closed, dotted, isolated, steady } from './bidi';

const [lre, rlo, pdf, rli, fsi, pdi] = ['\u202a', '\u202e', '\u202c', '\u2067', '\u2068', '\u2069'];

describe('words that turn their direction', () => {
  it('turn it back at their own end, in the order that they turned it', () => {
    expect(closed('Beth & Co')).toBe('Beth & Co');
    expect(closed(`Beth ${rlo}& Co`)).toBe(`Beth ${rlo}& Co${pdf}`);
    expect(closed(`a${rlo}b${rli}c${lre}d`)).toBe(`a${rlo}b${rli}c${lre}d${pdf}${pdi}${pdf}`);
    expect(closed(`a${rlo}b${pdf}c`)).toBe(`a${rlo}b${pdf}c`);
    // The closing of an isolate closes what was turned within it.
    expect(closed(`a${rli}b${rlo}c${pdi}d`)).toBe(`a${rli}b${rlo}c${pdi}d`);
  });

  it('turn back nothing that is not theirs', () => {
    expect(closed(`a${pdi}b${pdf}c`)).toBe('abc');
    expect(isolated(`a${pdi}${rlo}b`)).toBe(`${fsi}a${rlo}b${pdf}${pdi}`);
  });

  it('are set apart within a sentence of ours, as names from the right are', () => {
    expect(isolated('Rania Haddad')).toBe('Rania Haddad');
    expect(isolated('رانيا حداد')).toBe(`${fsi}رانيا حداد${pdi}`);
    expect(i18next.t('calls.outcome.filedDecision', { name: `Beth ${rlo}& Co` })).toBe(
      `${fsi}Beth ${rlo}& Co${pdf}${pdi} is asked to look.`,
    );
    expect(i18next.t('calls.outcome.filedDecision', { name: 'Helen' })).toBe('Helen is asked to look.');
  });

  it('are set apart from what stands beside them on a line', () => {
    expect(dotted(['رانيا حداد', '', null, undefined, false, 'Member', `Beth ${rlo}& Co`])).toBe(
      `${fsi}رانيا حداد${pdi} · Member · ${fsi}Beth ${rlo}& Co${pdf}${pdi}`,
    );
    expect(dotted([])).toBe('');
  });

  it('turn nothing of a sentence beyond their quotation marks', () => {
    expect(steady(`Beth ${rlo}& Co rang at 9:12: “Ring me ${rlo} at 14:30”, and waits.`)).toBe(
      `Beth & Co rang at 9:12: “${fsi}Ring me ${rlo} at 14:30${pdf}${pdi}”, and waits.`,
    );
    expect(steady('“One” and “two”.')).toBe('“One” and “two”.');
    expect(steady(`“It said ”no${rlo}” to me.`)).toBe('“It said ”no” to me.');
  });
});
