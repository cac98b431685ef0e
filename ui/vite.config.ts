import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The controls speak thirty languages and the window one: the other catalogues stay out, half a megabyte of them. */
const ourLocaleOnly: Plugin = {
  name: 'our-locale-only',
  enforce: 'pre',
  apply: 'build',
  load(id) {
    return /react-(aria|stately)[^?]*\/intl\/(?:[^?]*\/)?(?!en-)[a-z]{2}-[A-Z]{2}\.m?js$/.test(id)
      ? 'export default {};'
      : null;
  },
};

export default defineConfig({
  plugins: [ourLocaleOnly, react(), tailwindcss()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    // WebKitGTK 2.44 and WebView2 are the oldest engines that we start in.
    target: ['safari17.5', 'chrome123'],
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // A build beside it must not fail a test that only waits.
    testTimeout: 30_000,
  },
});
