import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const words = '/\\p{L}{2,}/u';
const message = 'Words on screen live in src/i18n/en.json.';

export default tseslint.config(
  { ignores: ['dist', 'src/ipc/bindings.ts'] },
  js.configs.recommended,
  tseslint.configs.recommended,
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/ipc talks to the shell.' }] },
      ],
    },
  },
  { files: ['src/ipc/**', 'src/test/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    // Shared pieces know no area of the app: they would drag it along wherever they are used.
    files: ['src/shared/**'],
    ignores: ['**/*.test.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                '@tauri-apps/*',
                '../people/*',
                '../promises/*',
                '../calls/*',
                '../team/*',
                '../exchange/*',
              ],
              message: 'shared/ imports neither the shell nor an area.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.tsx'],
    ignores: ['**/*.test.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `JSXText[value=${words}]`, message },
        { selector: `JSXElement > JSXExpressionContainer > Literal[value=${words}]`, message },
        {
          selector: `JSXElement > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${words}]`,
          message,
        },
        {
          selector: `JSXElement > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > Literal[value=${words}]`,
          message,
        },
        {
          selector: `JSXAttribute[name.name=/^(label|title|placeholder|aria-label|alt|description|hintLabel)$/] > Literal[value=${words}]`,
          message,
        },
      ],
    },
  },
);
