import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../test/axe';
import { TodayList, type TodayEntry } from './TodayList';

const entry = (id: string, name: string): TodayEntry => ({
  id,
  name,
  aside: 'Haddad Interiors',
  reason: 'Asked on 2 November how to join.',
  when: '21 days',
  tone: 'late',
  keeper: { name: 'Helen Barrow', label: 'Kept by Helen Barrow' },
});

describe('the list of Today', () => {
  it('names its groups, counts them, and leaves an empty one out', async () => {
    render(
      <TodayList
        header={<h1>Monday</h1>}
        groups={[
          { name: 'late', label: 'Late', entries: [entry('1', 'Rania Haddad'), entry('2', 'רון לוי')] },
          { name: 'today', label: 'Due today', entries: [] },
        ]}
        selectedId="1"
        onSelect={() => {}}
        onOpen={() => {}}
      />,
    );
    expect(screen.getByRole('heading', { name: 'Late' })).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Due today' })).toBeNull();
    expect(screen.getByRole('button', { current: true }).textContent).toContain('Rania Haddad');
    await expectAccessible();
  });

  it('draws only what is in view of ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => entry(String(i), `Person ${i}`));
    const onOpen = vi.fn();
    render(
      <TodayList
        header={<h1>Monday</h1>}
        groups={[{ name: 'late', label: 'Late', entries: many }]}
        selectedId="0"
        onSelect={() => {}}
        onOpen={onOpen}
      />,
    );
    expect(screen.getByText('10,000')).toBeTruthy();
    const rows = screen.getAllByRole('button');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(60);
    fireEvent.click(rows[1]!);
    expect(onOpen).toHaveBeenCalledWith('1');
  });
});
