// The text editor in our tokens: light and dark come from them, so it needs no theme of its own for either.
import { EditorView } from '@codemirror/view';

// The sizes of app.css, which has them for classes alone.
const text = { label: '0.75rem', small: '0.8125rem', body: '0.875rem' };
const radius = { control: '8px', box: '10px' };

/** What is typed in or pressed above the text. */
const control = {
  height: '30px',
  padding: '0 10px',
  borderRadius: radius.control,
  background: 'var(--surface)',
  color: 'var(--ink)',
  fontSize: text.small,
};

/** Words marked by a wash of a colour. */
const wash = (colour: string, percent: number) =>
  `color-mix(in srgb, var(--${colour}) ${percent}%, transparent)`;

export const textTheme = EditorView.theme({
  '&': { height: '100%', background: 'transparent', color: 'var(--ink)', fontSize: text.body },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'inherit',
    lineHeight: '1.5rem',
    overflow: 'auto',
    // What is typed is what is seen: "->" is two signs, though the font would draw an arrow.
    fontVariantLigatures: 'no-contextual',
  },
  '.cm-content': { padding: '12px 0 40vh', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 20px 0 10px' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--green)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: wash('green', 24),
  },
  '.cm-activeLine': { background: 'transparent' },
  '&.cm-focused .cm-activeLine': { background: wash('sunken', 70) },
  '.cm-activeLineGutter': { background: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--ink)' },
  '.cm-gutters': {
    background: 'transparent',
    border: 'none',
    color: 'var(--ink-3)',
    fontSize: text.label,
    fontVariantNumeric: 'tabular-nums',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', padding: '0 8px 0 4px' },
  // The part whose words the preview says.
  '.cm-line-here': { boxShadow: 'inset 2px 0 0 var(--green)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'transparent', outline: 'none' },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    background: 'transparent',
    color: 'inherit',
  },

  '.cm-gutter-lint': { width: '14px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 0 0 6px' },
  '.cm-lint-marker': {
    width: '8px',
    height: '8px',
    marginTop: '8px',
    borderRadius: '50%',
    background: 'var(--brick)',
    cursor: 'pointer',
  },
  '.cm-lint-marker-error': { content: 'normal' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--brick) 1px',
    textUnderlineOffset: '4px',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintRange-active': { background: 'var(--brick-soft)' },
  '.cm-lintPoint:after': { display: 'none' },

  '.cm-tooltip': {
    background: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: radius.box,
    boxShadow: 'var(--raised)',
    overflow: 'hidden',
    zIndex: '30',
  },
  '.cm-tooltip.cm-tooltip-lint': { padding: '0' },
  '.cm-diagnostic': { padding: '8px 12px', maxWidth: '26rem', lineHeight: '1.25rem' },
  '.cm-diagnostic-error': { borderLeft: 'none' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'inherit',
    maxHeight: '17rem',
    minWidth: '16rem',
    maxWidth: 'min(30rem, 80vw)',
    padding: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    gap: '12px',
    padding: '5px 10px',
    borderRadius: radius.control,
    lineHeight: '1.25rem',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--sunken)', color: 'var(--ink)' },
  '.cm-completionLabel': { whiteSpace: 'nowrap' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650', color: 'var(--green)' },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    fontStyle: 'normal',
    color: 'var(--ink-3)',
    fontSize: text.small,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },

  '&.cm-merge-b .cm-changedLine, .cm-insertedLine, .cm-inlineChangedLine': {
    background: 'var(--green-soft)',
  },
  '&.cm-merge-b .cm-changedText, .cm-insertedText': {
    background: wash('green', 24),
    borderRadius: '3px',
  },
  '.cm-deletedChunk': { background: 'var(--sunken)', color: 'var(--ink-3)', padding: '0' },
  '.cm-deletedChunk .cm-deletedLine': { padding: '0 20px 0 10px', textDecoration: 'line-through' },
  '.cm-deletedChunk .cm-deletedText': { background: wash('ink-3', 20) },

  '.cm-collapsedLines': {
    background: 'var(--sunken)',
    backgroundImage: 'none',
    color: 'var(--ink-3)',
    fontSize: text.label,
    padding: '2px 10px',
    cursor: 'pointer',
  },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: 'none' },

  '.cm-panels': { background: 'var(--surface)', color: 'var(--ink)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px',
    padding: '8px 40px 8px 16px',
    fontSize: text.small,
  },
  '.cm-search br': { display: 'none' },
  '.cm-panel.cm-search label': {
    fontSize: text.small,
    color: 'var(--ink-2)',
    display: 'inline-flex',
    gap: '4px',
  },
  '.cm-panel.cm-search input[type=checkbox]': { accentColor: 'var(--green)' },
  '.cm-textfield': { ...control, border: '1px solid var(--edge)' },
  '.cm-textfield:focus': { borderColor: 'var(--green)', outline: 'none' },
  '.cm-button': { ...control, border: '1px solid var(--line)', backgroundImage: 'none' },
  '.cm-button:hover, .cm-button:active': { background: 'var(--sunken)', backgroundImage: 'none' },
  '.cm-panel.cm-search [name=close]': {
    position: 'absolute',
    top: '8px',
    right: '12px',
    width: '28px',
    height: '28px',
    borderRadius: radius.control,
    color: 'var(--ink-3)',
    fontSize: '18px',
    cursor: 'default',
  },
  '.cm-searchMatch': {
    background: wash('green', 18),
    borderRadius: '3px',
  },
  '.cm-searchMatch-selected': { background: wash('green', 40) },
});
