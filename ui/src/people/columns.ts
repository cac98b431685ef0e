/** How wide the columns are that a row and its header share. Where there is no room they stand in the row's second line. */
export const columns = {
  standing: 'hidden w-24 shrink-0 text-start min-[1088px]:flex',
  place: 'hidden w-36 min-w-0 shrink-0 text-start min-[1088px]:flex',
  touch: 'w-32 shrink-0',
  keeper: 'w-12 shrink-0',
} as const;
