import { useKeys } from '../shared/keys';
import type { Choice } from './Choices';
import { usePressGuard } from './pressGuard';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The number keys, for as long as they belong to these choices. */
export function useChoiceKeys(choices: Choice[], onPick: (choice: Choice) => void, enabled: boolean): void {
  const guard = usePressGuard();
  useKeys(
    digits.map((digit) => ({
      keys: digit,
      run: (event: KeyboardEvent) => {
        const choice = choices.find((each) => String(each.key) === digit);
        if (guard.admits(event) && choice) onPick(choice);
      },
    })),
    { enabled },
  );
}
