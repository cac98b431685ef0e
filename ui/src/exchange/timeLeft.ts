import { useTranslation } from 'react-i18next';

/** "About 2 minutes left"; nothing while that would be a guess. */
export function useTimeLeft(leftMs: number | null): string | null {
  const { t } = useTranslation();
  if (leftMs === null) return null;
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds <= 90) {
    // To the second it would only flicker.
    const about = seconds > 10 ? Math.ceil(seconds / 10) * 10 : seconds;
    return t('exchange.import.secondsLeft', { count: about });
  }
  return t('exchange.import.minutesLeft', { count: Math.round(seconds / 60) });
}
