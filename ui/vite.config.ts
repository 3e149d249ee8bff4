import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  // A test measures the colours, so style sheets are not left out.
  test: { css: true },
  // Nothing is inlined: the page's policy allows files of its own origin only, no data: addresses.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
